import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Metadata } from "@grpc/grpc-js";
import type { Emulator } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { keptBy } from "../support/kept-by";
import { codeBlocks, readPage } from "../support/pages";
import { checkout } from "../support/paths";
import { PluginProcess, stopPlugins, urnOf } from "../support/plugin-process";
import { ProviderProcess, stopProviderProcesses } from "../support/provider-process";
import { StorageContent } from "../support/storage-content";

const page = "docs/permissions.md";

interface Policy {
  readonly Version: string;
  readonly Statement: readonly [{ readonly Action: string | readonly string[]; readonly Resource: string }];
}

/** The policies of the page by their headings. */
const policies = new Map(
  readPage(page)
    .split(/^## /m)
    .slice(1)
    .flatMap((section) =>
      codeBlocks(page, section)
        .filter(({ language }) => language === "json")
        .map(({ code }) => [section.slice(0, section.indexOf("\n")), JSON.parse(code) as Policy] as const),
    ),
);

function actionsOf({ Statement: [{ Action }] }: Policy): readonly string[] {
  return [Action].flat();
}

/** A resource's full life, which ends with the first call that fails. */
type Life = (provider: ProviderProcess, bucketName: string, emulator: Emulator) => Promise<void>;

/** A life of a bucket that gets these inputs, one after the other. */
function lifeOfBucket(...inputs: readonly Readonly<Record<string, unknown>>[]): Life {
  return async (provider, bucketName, emulator) => {
    let state: Readonly<Record<string, unknown>> | undefined;
    for (const given of inputs) {
      const news = await provider.checkedInputs({ ...given, bucketName }, state ?? {});
      state = await (state === undefined ? provider.create(news) : provider.update(state, news));
      assert.deepEqual((await provider.read(state)).state, state);
    }
    if (state?.forceDestroy === true) {
      const { physicalBucketName = "" } = emulator.buckets.get(bucketName) ?? {};
      await new StorageContent(emulator, physicalBucketName).put(["a.txt"]);
    }
    await provider.delete(state ?? {});
  };
}

/** Where the files of a folder are. */
const filesFolder = join(checkout, "examples", "static-site", "site");

/** A life of what puts objects, with names of its own, and with other inputs after a while. */
function lifeOfFiles(
  first: () => Readonly<Record<string, unknown>>,
  then: Readonly<Record<string, unknown>>,
): Life {
  return async (provider, bucketName) => {
    const given = { bucketName, ...first() };
    const created = await provider.create(await provider.checkedInputs(given));
    assert.deepEqual((await provider.read(created)).state, created);
    const state = await provider.update(
      created,
      await provider.checkedInputs({ ...given, ...then }, created),
    );
    assert.deepEqual((await provider.read(state)).state, state);
    await provider.delete(state);
  };
}

/** A way of a resource to live. */
interface Way {
  /** The module of the resource. */
  readonly module: string;
  readonly live: Life;
}

const clientIps = { berlin: "203.0.113.7" };

const ofLookUps = "Bucket.get, and the import of a Bucket";

/** Every way to live that a policy is for, by its heading. */
const lives: Readonly<Record<string, readonly Way[]>> = {
  "PreparedUpload, PreparedUploads": [
    {
      module: "prepared-upload",
      live: async (provider, bucketName) => {
        const state = await provider.create({ bucketName });
        await provider.read(state);
        await provider.delete(await provider.update(state, { bucketName, triggers: [1] }));
        await provider.read({ bucketName });
      },
    },
    {
      module: "prepared-uploads",
      live: async (provider, bucketName) => {
        const state = await provider.create({ bucketName, clientIps });
        await provider.read(state);
        await provider.delete(await provider.update(state, { bucketName, clientIps, triggers: [1] }));
      },
    },
  ],
  Bucket: [
    {
      module: "bucket",
      live: lifeOfBucket({ comment: "media" }, { comment: "media", bucketAcl: "public-read" }),
    },
  ],
  "Bucket whose comment changes": [
    {
      module: "bucket",
      live: lifeOfBucket({}, { comment: "media" }, { bucketAcl: "public-read", adopt: true }),
    },
  ],
  "Bucket with lifecycleRules": [
    {
      module: "bucket",
      live: lifeOfBucket(
        { lifecycleRules: [{ expirationDays: 30 }, { prefix: "tmp/", expirationDays: 7 }] },
        { lifecycleRules: [{ expirationDays: 60 }], bucketAcl: "public-read" },
        { bucketAcl: "public-read" },
      ),
    },
  ],
  "Bucket with forceDestroy": [
    {
      module: "bucket",
      live: lifeOfBucket({ forceDestroy: true }, { forceDestroy: true, bucketAcl: "public-read" }),
    },
  ],
  "BucketObject, BucketFolder": [
    {
      module: "bucket-object",
      live: lifeOfFiles(() => ({ key: randomUUID(), content: "hello" }), { content: "hello again" }),
    },
    {
      module: "bucket-folder",
      live: lifeOfFiles(() => ({ prefix: `${randomUUID()}/`, path: filesFolder }), { exclude: ["page.js"] }),
    },
  ],
  [ofLookUps]: [
    {
      module: "bucket",
      live: async (provider) => {
        const { state } = await provider.read({ bucketName: "media-assets" });
        assert.deepEqual(state.lifecycleRules, []);
      },
    },
  ],
};

describe("the policies of docs/permissions.md", function () {
  this.timeout(60_000);
  stopProviderProcesses();
  stopPlugins();
  const emulator = useEmulator({
    buckets: ["media-assets"],
  });
  let lived = 0;

  /** Lives once, with keys of its own that have this policy. */
  async function liveWith(policy: Policy, { module, live }: Way): Promise<void> {
    lived += 1;
    const bucketName = module === "bucket" ? `assets-${lived}` : "media-assets";
    const keys = { accessKeyId: `key-${lived}`, accessKeySecret: "secret" };
    emulator().setAccount({ ...keys, policy: JSON.stringify(policy) });
    const provider = await ProviderProcess.start({
      module,
      config: {
        "alicloud-ens:endpoint": emulator().url,
        "alicloud-ens:accessKey": keys.accessKeyId,
        "alicloud-ens:secretKey": keys.accessKeySecret,
      },
    });
    await live(provider, bucketName, emulator());
    const asked = emulator().requests.filter(
      ({ accessKeyId, service }) => accessKeyId === keys.accessKeyId && service === "ens",
    );
    const used = new Set(asked.map(({ action }) => `ens:${action}`));
    assert.deepEqual([...used].sort(), [...actionsOf(policy)].sort(), "the actions that were asked for");
  }

  async function failsWithout(action: string, policy: Policy, way: Way): Promise<void> {
    const others = actionsOf(policy).filter((one) => one !== action);
    // A policy must name an action; the emulator has none of this name.
    const Statement = [{ ...policy.Statement[0], Action: ["ens:None", ...others] }] as const;
    const said = await failureOf(liveWith({ ...policy, Statement }, way), way.module);
    const call = action.replace("ens:", "");
    assert.match(said, new RegExp(`^(.*: )?${call} for .* failed with NoPermission`));
    const remedy = `Attach a policy that allows ${action} on * to it, or the system policy AliyunEnsEOSFullAccess.`;
    assert.ok(said.includes(remedy), said);
  }

  it("are each tried here", () => {
    assert.deepEqual([...policies.keys()], ["One action", ...Object.keys(lives)]);
  });

  it("are explained action by action, all of them and no others", () => {
    const explained = [...readPage(page).matchAll(/^\| `(ens:\w+)` \| /gm)].map(([, action]) => action);
    const optional = ["ens:ListObjects", "ens:DeleteObject"];
    const allowed = [...policies.values()].flatMap(actionsOf).concat(...optional);
    assert.deepEqual([...explained].sort(), [...new Set(allowed)].sort());
  });

  it("allow an import, for which that of the resource is not enough", async () => {
    const importWith = async (name: string) => {
      const keys = { accessKeyId: "importing", accessKeySecret: "secret" };
      emulator().setAccount({ ...keys, policy: JSON.stringify(policies.get(name)) });
      const config = {
        endpoint: emulator().url,
        accessKey: keys.accessKeyId,
        secretKey: keys.accessKeySecret,
      };
      const plugin = await PluginProcess.start({ config });
      return plugin.read(urnOf("Bucket"), "media-assets");
    };
    assert.equal((await importWith(ofLookUps)).id, "media-assets");
    await assert.rejects(importWith("Bucket"), /allows ens:GetBucketLifecycle on \* to it/);
  });

  for (const [name, ways] of Object.entries(lives)) {
    const policy = policies.get(name) ?? assert.fail(name);

    it(`allow what it needs and nothing else, and what is missing is named: ${name}`, async () => {
      assert.equal(policy.Statement.length, 1);
      assert.equal(policy.Statement[0].Resource, "*");
      // Side by side, since most of the time is spent waiting until two answers agree.
      await Promise.all(
        ways.flatMap((way) => [
          liveWith(policy, way),
          ...actionsOf(policy).map((action) => failsWithout(action, policy, way)),
        ]),
      );
    });
  }
});

/** What the user is told of a call that fails, in part or as a whole. */
async function failureOf(call: Promise<unknown>, module: string): Promise<string> {
  const error = await call.then(
    () => assert.fail("it should fail"),
    (reason: Error & { readonly details?: string; readonly metadata?: Metadata }) => reason,
  );
  if ((error.metadata?.get("grpc-status-details-bin").length ?? 0) === 0)
    return error.details ?? error.message;
  return (await keptBy(Promise.reject(error), module)).reasons.join("\n");
}
