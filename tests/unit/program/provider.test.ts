import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "../../../provider";
import { promiseOf } from "../../../testing/promise-of";
import { checkout } from "../../support/paths";

describe("Provider in a program, with Pulumi's mocks", () => {
  it("registers its settings as texts under the names of the stack configuration, keys among them as secrets", async () => {
    let inputs: Record<string, unknown> = {};
    pulumi.runtime.setMocks({
      newResource: (args) => {
        inputs = args.inputs;
        return { id: "id", state: args.inputs };
      },
      call: () => ({}),
    });
    const provider = new Provider("eu", {
      accessKey: pulumi.output("id"),
      secretKey: "key",
      securityToken: "token",
      credentialsUri: "https://localhost/credentials",
      profile: "p",
      sharedCredentialsFile: "f",
      ecsRoleName: "r",
      region: "ap-southeast-1",
      endpoint: "ens.aliyuncs.com",
      endpoints: [{ ens: pulumi.output("a.example"), sts: "b.example" }],
      assumeRole: { roleArn: "arn", sessionExpiration: 900, externalId: pulumi.secret("x") },
      assumeRoleWithOidc: { roleArn: "arn", oidcProviderArn: "idp", oidcToken: "t" },
      clientReadTimeout: 1000,
      maxRetryTimeout: 0,
      maxConcurrency: 2,
      consistencyTimeout: pulumi.output(600),
    });
    await promiseOf(provider.urn);
    const secret = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    assert.deepEqual(inputs, {
      "alicloud-ens:provider": "eu",
      "alicloud-ens:accessKey": "id",
      "alicloud-ens:secretKey": secret("key"),
      "alicloud-ens:securityToken": secret("token"),
      "alicloud-ens:credentialsUri": secret("https://localhost/credentials"),
      "alicloud-ens:profile": "p",
      "alicloud-ens:sharedCredentialsFile": "f",
      "alicloud-ens:ecsRoleName": "r",
      "alicloud-ens:region": "ap-southeast-1",
      "alicloud-ens:endpoint": "ens.aliyuncs.com",
      "alicloud-ens:endpoints": '[{"ens":"a.example","sts":"b.example"}]',
      "alicloud-ens:assumeRole": secret('{"roleArn":"arn","sessionExpiration":900,"externalId":"x"}'),
      "alicloud-ens:assumeRoleWithOidc": secret('{"roleArn":"arn","oidcProviderArn":"idp","oidcToken":"t"}'),
      "alicloud-ens:clientReadTimeout": "1000",
      "alicloud-ens:maxRetryTimeout": "0",
      "alicloud-ens:maxConcurrency": "2",
      "alicloud-ens:consistencyTimeout": "600",
    });
  });

  it("has an argument for every setting that the documentation lists", () => {
    const source = readFileSync(join(checkout, "provider", "resource", "provider.ts"), "utf8");
    const body = /interface ProviderArgs \{(.*?)\n\}/s.exec(source)?.[1] ?? "";
    const args = [...body.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
    const page = readFileSync(join(checkout, "docs", "settings.md"), "utf8");
    const table = page.slice(page.indexOf("| Name | Variables")).split("\n\n")[0] ?? "";
    const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    assert.ok(listed.length > 10);
    assert.deepEqual(args.sort(), listed.sort());
  });
});
