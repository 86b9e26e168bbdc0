/** What each language's SDK is called, and what it needs. */
export const languages = {
  csharp: { namespaces: { "alicloud-ens": "AlicloudEns" }, respectSchemaVersion: true },
  go: {
    importBasePath: "pulumi-alicloud-ens/sdk/go/alicloudens",
    modulePath: "pulumi-alicloud-ens/sdk/go",
    rootPackageName: "alicloudens",
    generateResourceContainerTypes: false,
    respectSchemaVersion: true,
  },
  java: { basePackage: "com.pulumi" },
  // Not the name of our own package, whose resources are dynamic: a program may have both.
  nodejs: { packageName: "pulumi-alicloud-ens-sdk", respectSchemaVersion: true },
  python: {
    packageName: "pulumi_alicloud_ens",
    requires: { pulumi: ">=3.0.0,<4.0.0" },
    pyproject: { enabled: true },
    respectSchemaVersion: true,
  },
};
