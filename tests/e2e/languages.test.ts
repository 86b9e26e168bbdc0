import assert from "node:assert/strict";
import type { SeenRequest } from "../../emulator";
import { resources } from "../../provider/resources/registry";
import type { PulumiRun } from "../../tools/pulumi-cli/run-pulumi";
import { assertAbsent } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { languages, programIn } from "../support/language-programs";
import { useLanguage } from "../support/language-project";
import { counts, type PulumiProject } from "../support/pulumi-project";

const secrets = { text: "canary-note-Gx3", key: "canary-partner-Wd8" };

for (const language of languages) {
  describe(`every resource in ${language}, by the real CLI`, function () {
    this.timeout(120_000);
    const usable = useLanguage(language);
    const emulator = useEmulator({
      buckets: [{ name: "partner-assets", physicalBucketName: "partner-physical" }],
      accounts: [
        { accessKeyId: "own", accessKeySecret: "own-secret" },
        { accessKeyId: "partner", accessKeySecret: secrets.key },
      ],
    });
    let project: PulumiProject;
    let deploy: () => void;
    let created: PulumiRun;
    let asked: readonly SeenRequest[];

    before(async () => {
      project = await usable().project("everything", programIn(language, "everything"), {
        files: { "logo.svg": "<svg/>", "site/index.html": "index", "site/a.css": "a" },
        env: env(),
        config: { partnerKey: "partner" },
      });
      await project.setConfig("noteText", secrets.text, "secret");
      await project.setConfig("partnerSecret", secrets.key, "secret");
      const preview = await project.preview();
      assert.deepEqual(counts(preview), { "to create": 10 });
      assert.deepEqual(emulator().requests, [], "a preview asks nothing");
      created = await project.up();
      asked = [...emulator().requests];
      deploy = project.keep();
    });
    beforeEach(() => {
      deploy();
      emulator().clearFaults();
      emulator().clearRequests();
    });
    after(() => project?.remove());

    const env = () => ({
      ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url,
      ALICLOUD_ACCESS_KEY: "own",
      ALICLOUD_SECRET_KEY: "own-secret",
    });
    const place = () => emulator().buckets.get("media-assets");
    const puts = () => emulator().requests.flatMap(({ action, key = "" }) => (action === "PUT" ? [key] : []));
    const inState = async (name: string) =>
      (await project.resources()).find(({ urn }) => urn.endsWith(`::${name}`));

    it("up gives every output, targets by the names of their sites too", async () => {
      assert.deepEqual(counts(created), { created: 10 });
      const { endpoint, physicalBucketName } = place() ?? {};
      const { extra, ...outputs } = await project.outputs();
      assert.match(String(extra), /^extra-[0-9a-f]{7}$/);
      assert.deepEqual(outputs, {
        endpointUrl: `http://${endpoint}`,
        kitchen: physicalBucketName,
        hall: physicalBucketName,
        files: 2,
        contentType: "image/svg+xml",
        note: "[secret]",
        theirs: "partner-physical",
      });
      const types = new Set((await project.resources()).map(({ type }) => type));
      for (const name of Object.keys(resources)) assert.ok(types.has(`alicloud-ens:index:${name}`), name);
    });

    it("an explicit provider asks with its own account", () => {
      const theirs = asked.filter(({ bucketName }) => bucketName === "partner-assets");
      assert.deepEqual(
        theirs.map(({ action, accessKeyId }) => `${action} ${accessKeyId}`),
        ["PrepareUpload partner"],
      );
    });

    it("secrets are in clear nowhere in state and output", async () => {
      assertAbsent(Object.values(secrets), {
        output: created.stdout + created.stderr,
        state: JSON.stringify(await project.state()),
      });
      assert.deepEqual(Object.keys((await inState("note"))?.outputs?.content ?? {}).length, 2, "a secret");
    });

    it("a second up is unchanged and asks nothing", async () => {
      assert.deepEqual(counts(await project.up("--expect-no-changes")), { unchanged: 10 });
      assert.deepEqual(emulator().requests, []);
    });

    it("refresh shows a move and takes it", async () => {
      const before = place()?.physicalBucketName;
      const moved = emulator().move("media-assets").physicalBucketName;
      const { stdout } = await project.refresh("--diff");
      assert.match(stdout, new RegExp(`physicalBucketName *: "${before}" => "${moved}"`));
      assert.equal((await inState("upload"))?.outputs?.physicalBucketName, moved);
      const { kitchen } = ((await inState("uploads"))?.outputs?.targets ?? {}) as Record<string, object>;
      assert.equal(Reflect.get(kitchen ?? {}, "physicalBucketName"), moved);
    });

    it("an edit that fails in part keeps the rest, and the next up goes on from there", async () => {
      project.write("site/b.css", "b");
      project.write("site/c.css", "c");
      await project.setConfig("clientIp", "10.0.0.9");
      emulator().fail({ service: "oss", kind: "error", code: "EntityTooLarge", key: "site/b.css", times: 9 });
      const failed = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(failed.exitCode, 0);
      assert.match(
        failed.stdout,
        /"b\.css": PutObject for object "site\/b\.css" .* failed with EntityTooLarge/s,
      );
      assert.match(failed.stdout, /warning: clientIp 10\.0\.0\.9 is not a public address/);
      assertAbsent(Object.values(secrets), { output: failed.stdout + failed.stderr });
      assert.doesNotMatch(failed.stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
      emulator().clearFaults();
      emulator().clearRequests();
      const again = counts(await project.up());
      assert.deepEqual(puts(), ["site/b.css"]);
      assert.equal(again.updated, 1);
      assert.equal((await project.outputs()).files, 4);
      assert.equal((await inState("upload"))?.inputs?.clientIp, "10.0.0.9");
    });

    it("a bad input is refused in preview, by its name", async () => {
      await project.setConfig("clientIp", "203.0.113.0/24");
      const { exitCode, stdout } = await project.attempt(["preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(
        stdout,
        /property clientIp.*expected a plain IPv4 or IPv6 address.*got "203\.0\.113\.0\/24"/s,
      );
      assert.deepEqual(emulator().requests, []);
    });

    it("functions and get look up what is there, in a project of its own", async () => {
      const lookUps = await usable().project("look-ups", programIn(language, "look-ups"), {
        env: env(),
      });
      try {
        await lookUps.up();
        const { endpointUrl, ...outputs } = await lookUps.outputs();
        assert.match(String(endpointUrl), /^http:/);
        assert.deepEqual(outputs, { acl: "private", listed: "partner-assets", type: "standard" });
      } finally {
        lookUps.remove();
      }
    });

    it("destroy leaves nothing", async () => {
      assert.deepEqual(counts(await project.destroy()), { deleted: 10 });
      assert.deepEqual(await project.resources(), []);
      assert.equal(place(), undefined);
    });
  });
}
