/** What each language's SDK is called. */
export const languages = {
  csharp: { namespaces: { "alicloud-ens": "AlicloudEns" }, respectSchemaVersion: true },
  go: {
    importBasePath: "pulumi-alicloud-ens/sdk/go/alicloudens",
    generateResourceContainerTypes: false,
    respectSchemaVersion: true,
  },
  // Not the name of our own npm package, whose resources are dynamic: a program may have both.
  nodejs: { packageName: "pulumi-alicloud-ens-sdk", respectSchemaVersion: true },
  python: {
    packageName: "pulumi_alicloud_ens",
    pyproject: { enabled: true },
    respectSchemaVersion: true,
  },
};
