import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DriftMemory } from "../../../provider/fronts/dynamic/drift-memory";
import { readWire, sameSecrets } from "../../../provider/fronts/dynamic/wire-properties";
import { secretValue } from "../../../provider/fronts/secret-values";
import { withUnknowns, withUnknownTexts } from "../../../provider/fronts/unknown-values";
import { unknownValue } from "../../../provider/lifecycle/unknown-value";

describe("what Pulumi's SDK hands over and takes back", () => {
  it("has the text for values not known yet that we know", () => {
    assert.equal(withUnknownTexts({ a: unknownValue }).a, pulumi.runtime.unknownValue);
    assert.equal(withUnknowns({ a: pulumi.runtime.unknownValue }).a, unknownValue);
  });

  it("has such values within lists and objects too, and comes back as it was", () => {
    const wire = {
      list: ["x", pulumi.runtime.unknownValue],
      by: { name: pulumi.runtime.unknownValue, n: 1 },
    };
    const read = withUnknowns(wire);
    assert.deepEqual(read, { list: ["x", unknownValue], by: { name: unknownValue, n: 1 } });
    assert.deepEqual(withUnknownTexts(read), wire);
  });

  it("marks secrets as we do", () => {
    const marked = secretValue({ place: "x" });
    assert.equal(pulumi.runtime.isRpcSecret(marked), true);
    assert.deepEqual(pulumi.runtime.unwrapRpcSecret(marked), { place: "x" });
  });

  it("is taken apart: what the lifecycle knows, and what is only to be handed back", () => {
    const wire = readWire({
      bucketName: "b",
      __provider: "text",
      secretInputs: ["bucketName", "clientIps.*"],
    });
    assert.deepEqual(wire.properties, { bucketName: "b" });
    assert.deepEqual(Object.keys(wire.added), ["__provider", "secretInputs"]);
    assert.deepEqual([...wire.secrets], ["bucketName"]);
    assert.deepEqual([...wire.hidden], ["bucketName", "clientIps"]);
    assert.deepEqual(readWire(undefined).properties, {});
  });

  it("tells secrets that are new or gone from those that stay", () => {
    const wire = (...secretInputs: string[]) => readWire({ secretInputs });
    assert.equal(sameSecrets(wire("a", "b"), wire("b", "a")), true);
    assert.equal(sameSecrets(wire("a"), wire("a", "b")), false);
    assert.equal(sameSecrets(wire("a", "b"), wire("a")), false);
    assert.equal(
      sameSecrets(wire("a.*"), wire("a")),
      false,
      "what becomes a secret as a whole is encrypted by an update",
    );
    assert.equal(sameSecrets(wire("a"), wire("a.*")), true, "0.1.0 did not tell the two apart");
  });
});

describe("the memory of drift", () => {
  it("tells of a state once, in whatever order its properties come back", () => {
    const memory = new DriftMemory();
    memory.remember({ bucketName: "b", places: { berlin: "1", oslo: "2" }, triggers: [1, { x: 2 }] });
    assert.equal(memory.take({ bucketName: "b", places: { berlin: "1", oslo: "3" } }), false);
    const back = { triggers: [1, { x: 2 }], places: { oslo: "2", berlin: "1" }, bucketName: "b" };
    assert.equal(memory.take(back), true);
    assert.equal(memory.take(back), false);
  });

  it("tells of two resources that moved alike, each once", () => {
    const memory = new DriftMemory();
    for (const _ of [1, 2]) memory.remember({ bucketName: "b" });
    assert.deepEqual(
      [1, 2, 3].map(() => memory.take({ bucketName: "b" })),
      [true, true, false],
    );
  });
});
