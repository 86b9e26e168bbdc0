// What one writes today: a dynamic provider over the vendor's client, imported at the top.
// A module that is used whole, as compiled `import`s do, is stored by its name; what is picked from it, with its code.
const OpenApi = require("@alicloud/openapi-client");
const util = require("@alicloud/tea-util");
const pulumi = require("@pulumi/pulumi");
const { bucketName, addresses } = require("./workload");

async function resolve(inputs) {
  const client = new OpenApi.default(
    new OpenApi.Config({
      accessKeyId: process.env.ALICLOUD_ACCESS_KEY,
      accessKeySecret: process.env.ALICLOUD_SECRET_KEY,
      endpoint: process.env.BENCH_HOST,
      protocol: "http",
    }),
  );
  const action = new OpenApi.Params({
    action: "PrepareUpload",
    version: "2017-11-10",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const query = { BucketName: inputs.bucketName, ClientIp: inputs.clientIp };
  const request = new OpenApi.OpenApiRequest({ query });
  const { body } = await client.callApi(action, request, new util.RuntimeOptions({}));
  return {
    ...inputs,
    physicalBucketName: body.BucketName,
    endpoint: body.Endpoint,
    requestId: body.RequestId,
  };
}

const provider = {
  async create(inputs) {
    return { id: inputs.bucketName, outs: await resolve(inputs) };
  },
  async diff(_id, olds, news) {
    const replaces = olds.bucketName === news.bucketName ? [] : ["bucketName"];
    return { changes: replaces.length > 0 || olds.clientIp !== news.clientIp, replaces };
  },
  async update(_id, _olds, news) {
    return { outs: await resolve(news) };
  },
  async read(id, props) {
    return { id, props: await resolve(props) };
  },
  async delete() {},
};

class PlainUpload extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    const outputs = { physicalBucketName: undefined, endpoint: undefined, requestId: undefined };
    super(provider, name, { ...args, ...outputs }, opts);
  }
}

for (const [site, clientIp] of Object.entries(addresses)) {
  new PlainUpload(site, { bucketName, clientIp });
}
