import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OIDCRoleArnCredentialsProvider } from "@alicloud/credentials";
import { useEmulator } from "../support/emulator";
import { oidcProvider, oidcProviderArn, oidcToken } from "../support/oidc";

const roleArn = "acs:ram::123456789012:role/ci";

/** What its requests are sent with; it always says https, which the emulator does not speak. */
interface Sender {
  doRequest(request: { protocol: string }): Promise<unknown>;
}

describe("the emulator's AssumeRoleWithOIDC, asked by the vendor's credential library", () => {
  const emulator = useEmulator({
    roles: [{ roleArn, oidcProviderArn }],
    oidcProviders: [oidcProvider],
  });
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ens-oidc-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function ask(token: string) {
    const file = join(folder, "token");
    writeFileSync(file, token);
    const provider = OIDCRoleArnCredentialsProvider.builder()
      .withRoleArn(roleArn)
      .withOIDCProviderArn(oidcProviderArn)
      .withOIDCTokenFilePath(file)
      .withRoleSessionName("deploy")
      .withStsEndpoint(new URL(emulator().url).host)
      .build();
    const sender = provider as unknown as Sender;
    const { doRequest } = sender;
    sender.doRequest = (request) => doRequest(Object.assign(request, { protocol: "http" }));
    return provider.getCredentials();
  }

  it("gives a session", async () => {
    const { accessKeyId, accessKeySecret, securityToken } = await ask(oidcToken());
    assert.match(accessKeyId, /^STS\./);
    assert.ok(accessKeySecret && securityToken);
  });

  for (const [what, token, code] of [
    ["that has expired", oidcToken({ exp: 1 }), "AuthenticationFail.OIDCToken.Expired"],
    [
      "of another issuer",
      oidcToken({ iss: "https://other.example" }),
      "AuthenticationFail.OIDCToken.Invalid",
    ],
    ["for another audience", oidcToken({ aud: ["other"] }), "AuthenticationFail.OIDCToken.Invalid"],
    ["that was changed", oidcToken().replace(/\.[^.]*\./, ".e30."), "AuthenticationFail.OIDCToken.Invalid"],
    ["that is none", "no.token", "AuthenticationFail.OIDCToken.Invalid"],
  ] as const) {
    it(`refuses a token ${what}`, async () => {
      await assert.rejects(ask(token), new RegExp(code.replaceAll(".", "\\.")));
    });
  }
});
