/** What each language's SDK is called. */
export const languages = {
  csharp: { namespaces: { "alicloud-ens": "AlicloudEns" }, respectSchemaVersion: true },
  go: {
    importBasePath: "pulumi-alicloud-ens/sdk/go/alicloudens",
    generateResourceContainerTypes: false,
    respectSchemaVersion: true,
  },
  // A part of our own npm package, which compiles the SDK: `provider/plugin.ts`.
  nodejs: { packageName: "pulumi-alicloud-ens/plugin", respectSchemaVersion: true },
  python: {
    packageName: "pulumi_alicloud_ens",
    pyproject: { enabled: true },
    respectSchemaVersion: true,
  },
};
