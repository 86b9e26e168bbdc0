// The vendor's client with no Pulumi, as many files or parts at a time.
const { statSync } = require("node:fs");
const { join } = require("node:path");
const OSS = require("ali-oss");
const { atOnce, folder, names } = require("./files-workload");

const client = new OSS({
  accessKeyId: process.env.ALICLOUD_ACCESS_KEY,
  accessKeySecret: process.env.ALICLOUD_SECRET_KEY,
  endpoint: process.env.BENCH_OBJECT_ENDPOINT,
  bucket: process.env.BENCH_PHYSICAL_BUCKET,
  sldEnable: true,
});
const megabyte = 1024 * 1024;

const waiting = names();

async function putInTurn() {
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const source = join(folder, name);
    if (statSync(source).size <= 100 * megabyte) await client.put(name, source);
    else await client.multipartUpload(name, source, { parallel: atOnce, partSize: 10 * megabyte });
  }
}

Promise.all(Array.from({ length: atOnce }, putInTurn));
