import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import OSS from "ali-oss";
import type { OssClientOptions } from "pulumi-alicloud-ens";

/** Uploads a file with what the stack resolved, reads it back and compares: `npm run upload -- <file> [<key>]`. */
async function upload(file: string, key = basename(file)): Promise<void> {
  const output = execFileSync("pulumi", ["stack", "output", "ossOptions", "--json"], { encoding: "utf8" });
  const options: OssClientOptions = JSON.parse(output);
  const client = new OSS({ ...options, ...keys() });

  const { url } = (await client.put(key, file)) as { url: string };
  const { content } = await client.get(key);
  if (!readFileSync(file).equals(content)) throw new Error(`${key} is not what was uploaded`);
  console.log(`Uploaded ${file}, and read it back unchanged: ${url}`);
}

/** PrepareUpload gives no credentials: an uploader signs with its own. */
function keys() {
  const { ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY, ALICLOUD_SECURITY_TOKEN } = process.env;
  if (!ALICLOUD_ACCESS_KEY || !ALICLOUD_SECRET_KEY) {
    throw new Error("Set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY to a key that may write to the bucket.");
  }
  return {
    accessKeyId: ALICLOUD_ACCESS_KEY,
    accessKeySecret: ALICLOUD_SECRET_KEY,
    ...(ALICLOUD_SECURITY_TOKEN ? { stsToken: ALICLOUD_SECURITY_TOKEN } : {}),
  };
}

const [file, key] = process.argv.slice(2);
if (file === undefined) {
  console.error("Usage: npm run upload -- <file> [<key>]");
  process.exitCode = 2;
} else {
  upload(file, key).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
