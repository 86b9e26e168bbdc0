// A process of its own, since Node reads NODE_EXTRA_CA_CERTS when it starts, and since its memory is measured. Uploads a
// file, and prints what came of it as JSON.
import { readFileSync, statSync } from "node:fs";
import { uploadObject } from "../../provider/eos/upload-object";
import { fileContent } from "../../provider/files/file-content";
import { placeOf } from "../../provider/lifecycle/place-of";
import { bucketCall } from "./bucket-call";

const [, , bucketName = "", path = "", key = ""] = process.argv;

async function upload(): Promise<object> {
  const call = bucketCall({ environment: process.env as Record<string, string> });
  const place = await placeOf(bucketName, call);
  const content = (from: string) => fileContent(from, statSync(from).size);
  // What the first upload loads is not what a large one needs.
  await uploadObject(call.objects, { ...place, key: "first", content: content(__filename) }, call);
  const before = mostMemory();
  const { etag } = await uploadObject(call.objects, { ...place, key, content: content(path) }, call);
  return { etag, grewByMegabytes: mostMemory() - before };
}

/** The most that this process has held, in MB. Where the machine does not tell, what it holds now. */
function mostMemory(): number {
  if (process.platform !== "linux") return process.memoryUsage().rss / 1024 ** 2;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

upload().then(
  (done) => console.log(JSON.stringify(done)),
  (error: Error) => console.log(JSON.stringify({ failed: error.message })),
);
