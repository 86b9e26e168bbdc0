// What one writes today: one dynamic resource for each file, over the vendor's client, imported at the top.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const OSS = require("ali-oss");
const pulumi = require("@pulumi/pulumi");
const { bucketName, folder, names } = require("./files-workload");

function open() {
  return new OSS({
    accessKeyId: process.env.ALICLOUD_ACCESS_KEY,
    accessKeySecret: process.env.ALICLOUD_SECRET_KEY,
    endpoint: process.env.BENCH_OBJECT_ENDPOINT,
    bucket: process.env.BENCH_PHYSICAL_BUCKET,
    sldEnable: true,
  });
}

async function put(inputs) {
  const { res } = await open().put(inputs.key, inputs.source);
  return { ...inputs, etag: res.headers.etag };
}

const provider = {
  async create(inputs) {
    return { id: `${inputs.bucketName}/${inputs.key}`, outs: await put(inputs) };
  },
  async diff(_id, olds, news) {
    const replaces = ["bucketName", "key"].filter((name) => olds[name] !== news[name]);
    return { changes: replaces.length > 0 || olds.md5 !== news.md5, replaces };
  },
  async update(_id, _olds, news) {
    return { outs: await put(news) };
  },
  async read(id, props) {
    const { res } = await open().head(props.key);
    return { id, props: { ...props, etag: res.headers.etag } };
  },
  async delete(_id, props) {
    await open().delete(props.key);
  },
};

class PlainObject extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    super(provider, name, { ...args, etag: undefined }, opts);
  }
}

for (const key of names()) {
  const source = join(folder, key);
  const md5 = createHash("md5").update(readFileSync(source)).digest("base64");
  new PlainObject(key, { bucketName, key, source, md5 });
}
