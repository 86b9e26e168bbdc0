/** The version of this package; found by the package's own name, which is the same from source and from a build. */
export const packageVersion: string = require("pulumi-alicloud-ens/package.json").version;
