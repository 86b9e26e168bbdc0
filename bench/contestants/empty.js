// What Pulumi costs with nothing to do.
require("@pulumi/pulumi");
