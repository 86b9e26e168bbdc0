import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Caller } from "../../../provider/ens/client";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

type Properties = Readonly<Record<string, unknown>>;

describe("the option replaceOnChanges", () => {
  const { diff } = dynamicProvider(resources.PreparedUploads, memoryHost());
  const inputs = {
    bucketName: "media-assets",
    clientIps: { berlin: "203.0.113.7", "eu.west": "203.0.113.8" },
    triggers: ["v1", { build: 1 }],
  };
  const state = { ...inputs, places: { berlin: "media-1@eos.aliyuncs.com" } };

  /** What an edit replaces. */
  async function replacesOf(edit: Properties, ...replaceOnChanges: readonly string[]) {
    const { changes, replaces } = await diff("media-assets", state, { ...inputs, ...edit, replaceOnChanges });
    assert.equal(changes, true);
    return replaces;
  }

  const { clientIps } = inputs;
  const unknown = pulumi.runtime.unknownValue;
  const edits = {
    "berlin moves": { clientIps: { ...clientIps, berlin: "203.0.113.9" } },
    "eu.west moves": { clientIps: { ...clientIps, "eu.west": "203.0.113.9" } },
    "oslo is new": { clientIps: { ...clientIps, oslo: "203.0.113.9" } },
    "eu.west is gone": { clientIps: { berlin: "203.0.113.7" } },
    "the sites are not known yet": { clientIps: unknown },
    "berlin is not known yet": { clientIps: { ...clientIps, berlin: unknown } },
    "the build is another": { triggers: ["v1", { build: 2 }] },
    "a trigger is new": { triggers: [...inputs.triggers, "v2"] },
    "the triggers are gone": { triggers: undefined },
  };

  const matching: readonly (readonly [edit: keyof typeof edits, ...paths: string[]])[] = [
    ["berlin moves", "clientIps", "*", "clientIps.berlin", 'clientIps["berlin"]', 'clientIps.["berlin"]'],
    ["berlin moves", "clientIps.*", "*.berlin", "clientIps[*]", 'clientIps["*"]'],
    ["eu.west moves", 'clientIps["eu.west"]'],
    ["oslo is new", "clientIps.oslo"],
    ["eu.west is gone", 'clientIps["eu.west"]'],
    ["the sites are not known yet", "clientIps", "clientIps.berlin", "*"],
    ["berlin is not known yet", "clientIps.berlin"],
    ["the build is another", "triggers[1]", "triggers[1].build", "triggers[*].build", 'triggers["*"].build'],
    ["a trigger is new", "triggers[2]", "triggers"],
    ["the triggers are gone", "triggers"],
  ];
  for (const [edit, ...paths] of matching) {
    it(`replaces when ${edit}, for ${paths.join(", ")}`, async () => {
      for (const path of paths)
        assert.deepEqual(await replacesOf(edits[edit], path), Object.keys(edits[edit]), path);
    });
  }

  const others: typeof matching = [
    ["berlin moves", "triggers", "clientIp", "clientIps.oslo", 'clientIps["eu.west"]', "clientIps.berlin.x"],
    ["berlin moves", "places", "places.berlin"],
    ["eu.west moves", "clientIps.eu.west", "clientIps.eu"],
    ["berlin is not known yet", 'clientIps["eu.west"]'],
    ["the sites are not known yet", "triggers"],
    ["the build is another", "triggers[0]", "triggers.1", "triggers[1].name"],
    ["the triggers are gone", "triggers[0]"],
  ];
  for (const [edit, ...paths] of others) {
    it(`updates in place when ${edit}, for ${paths.join(", ")}`, async () => {
      for (const path of paths) assert.deepEqual(await replacesOf(edits[edit], path), [], path);
    });
  }

  it("is several paths, of which one is enough, and comes to the replacements there are", async () => {
    const both = { ...edits["berlin moves"], ...edits["the build is another"] };
    assert.deepEqual(await replacesOf(both, "triggers", "clientIps"), ["clientIps", "triggers"]);
    const other = { ...both, clientIps, bucketName: "other-assets" };
    assert.deepEqual(await replacesOf(other, "*"), ["bucketName", "triggers"]);
  });

  it("stays in state beside the outputs, so that a diff does not show it as added", async () => {
    const answer = { physicalBucketName: "media-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const ens = { call: () => Promise.resolve(answer) } as unknown as Caller;
    const { check, create, update, read } = dynamicProvider(resources.PreparedUploads, memoryHost(ens));
    const news = { ...inputs, replaceOnChanges: ["clientIps"] };
    assert.deepEqual(await check({}, news), { inputs: news });
    const { outs = {} } = await create(news);
    assert.deepEqual(outs.replaceOnChanges, news.replaceOnChanges);
    assert.deepEqual(await update("media-assets", outs, news), { outs });
    assert.deepEqual(await read("media-assets", outs), { id: "media-assets", props: outs });
  });

  it("is no change by itself", async () => {
    for (const replaceOnChanges of [undefined, ["clientIps"], ["*"]]) {
      const news = { ...inputs, replaceOnChanges };
      const unchanged = { changes: false, replaces: [] };
      assert.deepEqual(await diff("media-assets", state, news), unchanged);
      assert.deepEqual(
        await diff("media-assets", { ...state, replaceOnChanges: ["triggers"] }, news),
        unchanged,
      );
    }
  });
});
