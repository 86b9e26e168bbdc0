import type { AnyLifecycle } from "../../lifecycle/any-lifecycle";
import type { Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";
import { isFromSecret, secretValue } from "../secret-values";
import { remark } from "./marks";
import type { Arrived } from "./wire";

/** The outputs of a state, with all that programs make of it elsewhere, and what is secret of them marked. */
export function outputsOf(lifecycle: AnyLifecycle, state: object, arrived: Arrived): Properties {
  return marked(lifecycle, { ...state, ...lifecycle.made.make(state) }, arrived);
}

/** The outputs that a preview knows: those that only an answer tells are unknown. */
export function outputsInPreview(lifecycle: AnyLifecycle, news: Arrived, olds?: Arrived): Properties {
  const { answered, made } = lifecycle;
  const asked = olds === undefined ? answered.byCreate : answered.byUpdate;
  const kept = answered.byCreate.filter((name) => !asked.includes(name));
  const unknown = [...lifecycle.outputs, ...asked, ...Object.keys(made.of)];
  const outputs = {
    ...Object.fromEntries(kept.map((name) => [name, olds?.properties[name]])),
    ...Object.fromEntries(unknown.map((name) => [name, unknownValue])),
    ...news.properties,
  };
  return marked(lifecycle, outputs, news);
}

function marked(lifecycle: AnyLifecycle, outputs: Properties, { marks, secrets }: Arrived): Properties {
  const isSecret = (name: string) =>
    isFromSecret(name, secrets, lifecycle) ||
    lifecycle.made.of[name]?.some(
      (part) => marks[part] !== undefined || isFromSecret(part, secrets, lifecycle),
    );
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined ? secretValue(value) : remark(value, marks[name]),
    ]),
  );
}

/** The outputs made of state that properties lack: those of a stack that came from the dynamic resources. */
export function missingMade({ made }: AnyLifecycle, properties: Properties): readonly string[] {
  return Object.keys(made.of).filter((name) => (properties[name] ?? undefined) === undefined);
}
