// A process of its own, since Node reads NODE_EXTRA_CA_CERTS when it starts. Downloads what a URL names, and prints how
// that ended.
import { readFileSync } from "node:fs";
import { bucketCall } from "./bucket-call";

const [, , url = "", path = ""] = process.argv;

bucketCall({ environment: process.env as Record<string, string> })
  .download(url, path)
  .then(
    () => console.log(readFileSync(path, "utf8")),
    (error: Error) => console.log(error.message),
  );
