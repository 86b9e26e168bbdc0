// A process of its own, since Node reads NODE_EXTRA_CA_CERTS when it starts. Empties the bucket that it is told, and
// prints how that ended.
import { emptyBucket } from "../../provider/resources/bucket/empty-bucket";
import { bucketCall } from "./bucket-call";

emptyBucket(process.argv[2] ?? "", bucketCall({ environment: process.env as Record<string, string> })).then(
  () => console.log("emptied"),
  (error: Error) => console.log(error.message),
);
