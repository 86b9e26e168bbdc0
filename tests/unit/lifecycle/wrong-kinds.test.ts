import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Deployment } from "../../../provider/lifecycle/deployment";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { resources } from "../../../provider/resources/registry";
import { checkout } from "../../support/paths";

interface Kind {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Kind;
  readonly additionalProperties?: Kind;
}
interface Members {
  readonly inputProperties?: Readonly<Record<string, Kind>>;
  readonly properties?: Readonly<Record<string, Kind>>;
}

const schema = JSON.parse(readFileSync(`${checkout}/provider/fronts/plugin/schema.json`, "utf8")) as {
  readonly resources: Readonly<Record<string, Members>>;
  readonly types: Readonly<Record<string, Members>>;
};

/** A value of another kind than the one at a place, and what is around it. */
interface Wrong {
  readonly path: string;
  readonly inputs: Properties;
  readonly got: string;
}

const list = { value: ["x"], got: 'got a list: ["x"]' };
const map = { value: { a: "x" }, got: 'got a map: {"a":"x"}' };

/** One for each list, each map and each object of a list, wherever inputs have one. */
function* wrongIn(
  members: Readonly<Record<string, Kind>>,
  path: string,
  around: (inputs: Properties) => Properties,
): Generator<Wrong> {
  for (const [name, kind] of Object.entries(members)) {
    const wrong = kind.type === "array" ? map : kind.additionalProperties === undefined ? undefined : list;
    // An asset is not a map, although the schema writes it like one.
    if (wrong === undefined || kind.$ref !== undefined) continue;
    yield { path: `${path}${name}`, inputs: around({ [name]: wrong.value }), got: wrong.got };
    const { $ref = "" } = kind.items ?? {};
    const { properties } = schema.types[$ref.replace("#/types/", "")] ?? {};
    if (properties === undefined) continue;
    yield { path: `${path}${name}[0]`, inputs: around({ [name]: [list.value] }), got: list.got };
    yield* wrongIn(properties, `${path}${name}[0].`, (inputs) => around({ [name]: [inputs] }));
  }
}

describe("a list where a map is expected, and a map where a list is", () => {
  const seen: string[] = [];
  for (const [className, resource] of Object.entries(resources)) {
    const { inputProperties = {} } = schema.resources[`alicloud-ens:index:${className}`] ?? {};
    for (const { path, inputs, got } of wrongIn(inputProperties, "", (given) => given)) {
      seen.push(path);
      it(`is told as what it is, with what to write: ${path} of ${className}`, async () => {
        const { failures } = await resource.lifecycle().check(inputs, {
          secrets: new Set(),
          shown: (value) => value,
          tell: () => {},
          waitingFor: (_what, work) => work(),
          signal: new AbortController().signal,
          deployment: new Deployment(),
          olds: {},
        });
        const [failure, ...others] = failures.filter(({ property }) => property === path);
        const expected = got.includes("a list")
          ? /^expected an? (map|rule|option)\b/
          : /^expected a list of /;
        assert.match(failure?.reason ?? "", expected);
        assert.match(failure?.reason ?? "", /, such as [[{].*[\]}], got /);
        assert.ok(failure?.reason.includes(got), failure?.reason);
        assert.doesNotMatch(failure?.concealed ?? "", /a list:|a map:|"x"/);
        assert.deepEqual(others, []);
      });
    }
  }

  it("is looked for in every input that the schema has", () => {
    assert.deepEqual(seen.sort(), [
      "clientIps",
      "exclude",
      "fileOptions",
      "fileOptions[0]",
      "fileOptions[0].metadata",
      "include",
      "lifecycleRules",
      "lifecycleRules[0]",
      "metadata",
      "triggers",
      "triggers",
    ]);
  });
});
