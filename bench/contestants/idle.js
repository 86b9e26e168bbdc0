// The floor of the ordinary way: a dynamic resource that does nothing.
const pulumi = require("@pulumi/pulumi");
const { bucketName, addresses } = require("./workload");

const provider = {
  async create(inputs) {
    return { id: inputs.bucketName, outs: inputs };
  },
};

class IdleUpload extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    super(provider, name, args, opts);
  }
}

for (const [site, clientIp] of Object.entries(addresses)) {
  new IdleUpload(site, { bucketName, clientIp });
}
