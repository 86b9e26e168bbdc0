import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { defaultAccount } from "../../emulator";
import { rpcV1Signature } from "../../emulator/signatures/rpc-v1";
import { useEmulator } from "../support/emulator";

const { accessKeyId, accessKeySecret } = defaultAccount;

describe("the emulator's gateway, in the older style", () => {
  const emulator = useEmulator({
    buckets: ["media-assets"],
    roles: [{ roleArn: "acs:ram::1:role/uploader", externalId: "x" }],
    clock: () => new Date(Date.now() + ahead),
  });
  let ahead = 0;
  afterEach(() => {
    ahead = 0;
  });

  function rpcQuery(
    parameters: Record<string, string>,
    { secret = accessKeySecret, method = "GET" } = {},
  ): URLSearchParams {
    const all: [string, string][] = Object.entries({
      Action: "PrepareUpload",
      Version: "2017-11-10",
      AccessKeyId: accessKeyId,
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: randomUUID(),
      Timestamp: new Date(Date.now() + ahead).toISOString().replace(/\.\d+/, ""),
      ...parameters,
    });
    return new URLSearchParams([...all, ["Signature", rpcV1Signature(method, all, secret)]]);
  }

  function rpc(parameters: Record<string, string>, secret?: string): string {
    return `${emulator().url}/?${rpcQuery(parameters, secret === undefined ? {} : { secret })}`;
  }

  it("answers in XML unless asked for JSON", async () => {
    const xml = await (await fetch(rpc({ BucketName: "media-assets" }))).text();
    assert.match(xml, /<PrepareUploadResponse>.*<BucketName>media-assets-/);
    const refused = await (await fetch(rpc({ BucketName: "nowhere" }))).text();
    assert.match(refused, /<Error>.*<Code>NoSuchBucket<\/Code>/);
    const json = (await (await fetch(rpc({ BucketName: "media-assets", Format: "JSON" }))).json()) as object;
    assert.ok("BucketName" in json);
  });

  it("answers with lists and parts in XML, too, and leaves out what there is not", async () => {
    const BucketName = "xml-assets";
    const ask = async (Action: string, parameters: Record<string, string> = {}) =>
      (await fetch(rpc({ Action, BucketName, ...parameters }))).text();
    await ask("PutBucket", { Comment: "<a> & b" });
    const properties = "<BucketAcl>private</BucketAcl><Comment>&lt;a&gt; &amp; b</Comment>";
    assert.match(await ask("GetBucketInfo"), new RegExp(`<BucketInfo>.*${properties}.*</BucketInfo>`));
    const listed = await ask("ListBuckets");
    assert.match(listed, /<BucketInfos>.*<\/BucketInfos><BucketInfos>.*<TotalCount>2<\/TotalCount>/);
    assert.doesNotMatch(listed, /EnsRegionId/);
    for (const Prefix of ["a/", "b/"]) {
      await ask("PutBucketLifecycle", { Prefix, Status: "Enabled", ExpirationDays: "7" });
    }
    const rule =
      "<Rule><ID>[^<]+</ID><Prefix>./</Prefix><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>";
    assert.match(
      await ask("GetBucketLifecycle"),
      new RegExp(`<RequestId>[^<]+</RequestId>${rule}${rule}</GetB`),
    );
  });

  it("refuses the same request a second time with SignatureNonceUsed", async () => {
    const url = rpc({ BucketName: "media-assets" });
    assert.equal((await fetch(url)).status, 200);
    assert.match(await (await fetch(url)).text(), /SignatureNonceUsed/);
  });

  it("takes a form under any host name, as a machine that was let in may use another", async () => {
    const body = rpcQuery({ BucketName: "media-assets", Format: "JSON" }, { method: "POST" }).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = { ...type, host: "emulator.internal:9000", "content-length": body.length };
      request(`${emulator().url}/`, { method: "POST", headers }, (response) => {
        text(response).then(resolve, reject);
      })
        .on("error", reject)
        .end(body);
    });
    assert.match(answer, /"BucketName":"media-assets-/);
  });

  for (const parameter of [
    "AccessKeyId",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "Timestamp",
  ]) {
    it(`refuses a call without ${parameter} with Missing${parameter}`, async () => {
      const query = rpcQuery({ BucketName: "media-assets", Format: "JSON" });
      query.delete(parameter);
      const { Code } = (await (await fetch(`${emulator().url}/?${query}`)).json()) as { Code: string };
      assert.equal(Code, `Missing${parameter}`);
    });
  }

  it("hands out sessions of its roles to who may have them", async () => {
    const role = { Action: "AssumeRole", Version: "2015-04-01", Format: "JSON", RoleSessionName: "me" };
    const ask = async (more: Record<string, string>) =>
      (await (await fetch(rpc({ ...role, ...more }))).json()) as {
        Code?: string;
        Credentials?: Record<"AccessKeyId" | "AccessKeySecret" | "SecurityToken" | "Expiration", string>;
      };
    const RoleArn = "acs:ram::1:role/uploader";
    assert.equal((await ask({ RoleArn })).Code, "NoPermission");
    assert.equal((await ask({ RoleArn: "acs:ram::1:role/other" })).Code, "EntityNotExist.Role");
    assert.equal((await ask({})).Code, "MissingRoleArn");
    assert.equal((await ask({ RoleArn, RoleSessionName: "" })).Code, "MissingRoleSessionName");
    const { Credentials } = await ask({ RoleArn, ExternalId: "x", DurationSeconds: "900" });
    assert.ok(Credentials !== undefined);
    assert.match(Credentials.AccessKeyId, /^STS\./);
    assert.ok(Math.abs(Date.parse(Credentials.Expiration) - Date.now() - 900_000) < 10_000);

    const useSession = async (more: Record<string, string>) => {
      const session = { AccessKeyId: Credentials.AccessKeyId, BucketName: "media-assets", Format: "JSON" };
      const response = await fetch(rpc({ ...session, ...more }, Credentials.AccessKeySecret));
      return ((await response.json()) as { Code?: string }).Code;
    };
    const { SecurityToken } = Credentials;
    assert.equal(await useSession({ SecurityToken }), undefined);
    assert.equal(await useSession({}), "MissingSecurityToken");
    ahead = 901_000;
    assert.equal(await useSession({ SecurityToken }), "InvalidSecurityToken.Expired");
  });
});
