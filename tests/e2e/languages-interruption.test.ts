import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { interruptOf } from "../support/interrupt-of";
import { languages, programIn } from "../support/language-programs";
import { useLanguage } from "../support/language-project";
import { counts, type PulumiProject } from "../support/pulumi-project";

for (const language of languages) {
  describe(`Ctrl-C in a program in ${language}, by the real CLI`, function () {
    this.timeout(120_000);
    const usable = useLanguage(language);
    const emulator = useEmulator({ buckets: ["partner-assets"] });
    let project: PulumiProject;
    after(() => project?.remove());

    it("ends calls that hang and keeps what is done; the next up goes on", async () => {
      project = await usable().project("interrupted", programIn(language, "everything"), {
        files: { "logo.svg": "<svg/>", "site/index.html": "index" },
        env: emulator().environment,
        config: { partnerKey: defaultAccount.accessKeyId },
      });
      await project.setConfig("noteText", "note", "secret");
      await project.setConfig("partnerSecret", defaultAccount.accessKeySecret, "secret");
      emulator().fail({ action: "PrepareUpload", kind: "hang", times: 99 });
      const isWaitedFor = (output: string) =>
        output.includes("Bucket extra created") &&
        emulator().requests.some(
          ({ action, bucketName }) => action === "PrepareUpload" && bucketName === "media-assets",
        );
      await interruptOf(
        project,
        ["up", "--yes", "--skip-preview"],
        isWaitedFor,
        /The deployment was cancelled before ENS had answered\..*Nothing was changed\..*Run the command again/s,
        // Pulumi gives a program in Python five seconds to end; the plugin needs none of them.
        10_000,
      );
      const kept = (await project.resources()).filter(({ type }) => type === "alicloud-ens:index:Bucket");
      assert.deepEqual(kept.map(({ urn }) => urn.split("::").at(-1)).sort(), ["extra", "media"]);
      emulator().clearFaults();
      assert.deepEqual(counts(await project.up()), { created: 6, unchanged: 4 });
    });
  });
}
