import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";
import type { Caller } from "../../provider/ens/client";
import { dynamicProvider } from "../../provider/fronts/dynamic/dynamic-provider";
import { secretValue } from "../../provider/fronts/secret-values";
import { connect } from "../../provider/lifecycle/connect";
import type { Properties } from "../../provider/lifecycle/lifecycle";
import { Session } from "../../provider/lifecycle/session";
import { entriesText } from "../../provider/resources/bucket-folder/entries";
import { resources } from "../../provider/resources/registry";
import { assertAbsent } from "../support/canaries";
import { failing } from "../support/failing";
import { Folder } from "../support/folder";

const bucketName = "canary-bucket";
const prefix = "canary-prefix/";
const key = "canary-key.txt";
const secretValues = ["canary"];

const config: Readonly<Record<string, string>> = {
  "alicloud-ens:accessKey": "id",
  "alicloud-ens:secretKey": "secret",
  "alicloud-ens:clientReadTimeout": "1000",
  "alicloud-ens:maxRetryTimeout": "0",
};

describe("names that are secrets", () => {
  let folder: Folder;
  let server: Server;
  /** The requests that are refused, by method and query; the others are done. */
  let refused: RegExp;
  let lines: string[];

  before(async () => {
    // A storage that repeats all that it was asked.
    server = createServer(async (request, response) => {
      const { method, url = "" } = request;
      const body = (await text(request)).slice(0, 500);
      if (refused.test(`${method} ${url}`)) {
        const message = `${decodeURIComponent(url)} ${url} ${body.replaceAll("<", " ")}`;
        const told = `<Error><Code>InvalidArgument</Code><Message>${message.replaceAll("&", " ")}</Message></Error>`;
        return void response.writeHead(400).end(told);
      }
      if (method === "POST" && url.includes("uploads")) {
        const begun = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>";
        return void response.end(begun);
      }
      if (method === "GET") {
        const listed =
          "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><Contents><Key>" +
          `${encodeURIComponent(`${prefix}a.css`)}</Key><ETag>"0"</ETag><Size>1</Size>` +
          "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>";
        return void response.end(listed);
      }
      response.writeHead(200, { etag: '"0"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  beforeEach(() => {
    folder = new Folder();
    lines = [];
    refused = /^/;
  });
  afterEach(() => folder.remove());
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  function provider(className: "BucketFolder" | "BucketObject") {
    const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const place = async (_: unknown, request: { readonly bucketName: string }) => ({
      physicalBucketName: `${request.bucketName}-1`,
      endpoint,
    });
    const ens = { call: place } as unknown as Caller;
    const { signal } = new AbortController();
    const options = {
      config: (name: string) => config[name],
      env: {},
      tell: (line: string) => lines.push(line),
      signal,
    };
    const session = new Session(options, (settings, told) => ({ ...connect(settings, told), ens }));
    return dynamicProvider(resources[className], { session, configure: async () => {} });
  }

  /** Nothing that is shown has a secret in it, and this is said of the key. State, which Pulumi encrypts, may have it. */
  async function assertHidden(work: Promise<unknown>, said: RegExp): Promise<void> {
    const error = await failing(work);
    assert.match(error.message, said);
    const all = "reasons" in error ? error.message : inspect(error, { depth: 9, showHidden: true });
    assertAbsent(secretValues, { all, lines: lines.join("\n") });
  }

  const inputs = (more: object = {}) => ({
    bucketName,
    prefix,
    path: folder.path,
    files: entriesText({ "a.css": "1B2M2Y8AsgTpgAmY7PhCfg" }),
    secretInputs: ["bucketName", "prefix"],
    ...more,
  });
  const state = (more: object = {}) => ({ ...inputs(), fileCount: 1, digest: "d", ...more });

  it("a key of a folder: when it is put", async () => {
    folder.write("a.css", "");
    refused = /^PUT/;
    await assertHidden(
      provider("BucketFolder").create(inputs()),
      /PutObject for object "\[secret\]a\.css" of bucket "\[secret\]"/,
    );
    assert.match(lines.join("\n"), /^\[secret\]\/\[secret\]: 1 of the files' objects are there already/);
  });

  it("a key of a folder: when its parts are put", async () => {
    truncateSync(folder.write("a.css", ""), 101 * 1024 ** 2);
    refused = /^PUT/;
    await assertHidden(
      provider("BucketFolder").create(inputs()),
      /UploadPart for object "\[secret\]a\.css" of bucket/,
    );
    refused = /^POST/;
    await assertHidden(
      provider("BucketFolder").create(inputs()),
      /InitiateMultipartUpload for object "\[secret\]a\.css"/,
    );
  });

  it("keys of a folder: when they are listed", async () => {
    await assertHidden(provider("BucketFolder").create(inputs()), /ListObjects for bucket "\[secret\]"/);
    await assertHidden(provider("BucketFolder").read("id", state()), /ListObjects for bucket "\[secret\]"/);
  });

  it("keys of a folder: when they are deleted, also those of an older prefix", async () => {
    const two = entriesText({ "a.css": "0", "b\u0001.css": "0" });
    const delete_ = (more: object) => provider("BucketFolder").delete("id", state(more));
    await assertHidden(delete_({}), /DeleteMultipleObjects for bucket "\[secret\]"/);
    refused = /^DELETE/;
    await assertHidden(delete_({ files: two }), /^DeleteObject for object "\[secret\]b.*\.css" of/s);
    refused = /delete/i;
    const older = ["canary-older/a.css"];
    await assertHidden(
      delete_({ leftover: older, files: "{}" }),
      /DeleteMultipleObjects for bucket "\[secret\]"/,
    );
    await assertHidden(
      delete_({ leftover: ["canary-older/\u0001"], files: "{}" }),
      /^DeleteObject for object "\[secret\]" of/,
    );
    // The one before is a secret, and the one after it is none.
    folder.write("a.css", "");
    const plain = inputs({ bucketName: "media-assets", prefix: "site/", secretInputs: [] });
    const before = state({ bucketName: "media-assets", secretInputs: ["prefix"] });
    const update = () => provider("BucketFolder").update("id", before, plain);
    await assertHidden(update(), /DeleteMultipleObjects for bucket "media-assets"/);
    const { properties } = (await failing(update())) as unknown as { properties: Properties };
    assert.deepEqual(properties.leftover, secretValue([`${prefix}a.css`]));
  });

  it("a key of an object: in every action", async () => {
    const object = { bucketName, key, content: "x", secretInputs: ["bucketName", "key"] };
    const etag = { contentType: "text/plain", etag: "0", size: 1 };
    const one = () => provider("BucketObject");
    await assertHidden(one().create(object), /^PutObject for object "\[secret\]" of bucket "\[secret\]"/);
    await assertHidden(
      one().read("id", { ...object, ...etag }),
      /^HeadObject for object "\[secret\]" of bucket "\[secret\]"/,
    );
    await assertHidden(
      one().delete("id", { ...object, ...etag }),
      /^DeleteObject for object "\[secret\]" of bucket "\[secret\]"/,
    );
  });
});
