// The same calls with no Pulumi, as many at a time.
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");
const { bucketName, addresses, atOnce } = require("./workload");

const client = new OpenApi(
  new Config({
    accessKeyId: process.env.ALICLOUD_ACCESS_KEY,
    accessKeySecret: process.env.ALICLOUD_SECRET_KEY,
    endpoint: process.env.BENCH_HOST,
    protocol: "http",
  }),
);
const action = new Params({
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

const waiting = Object.values(addresses);

async function askInTurn() {
  for (let clientIp = waiting.pop(); clientIp !== undefined; clientIp = waiting.pop()) {
    const request = new OpenApiRequest({ query: { BucketName: bucketName, ClientIp: clientIp } });
    await client.callApi(action, request, new RuntimeOptions({})).catch((error) => {
      // Counted by who refused it.
      if (error.code !== "Throttling.User") throw error;
    });
  }
}

Promise.all(Array.from({ length: atOnce }, askInTurn));
