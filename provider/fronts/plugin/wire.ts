import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isRecord } from "../../ens/is-record";
import type { Properties } from "../../lifecycle/lifecycle";
import type { GivenProperties } from "../call-for";
import { withUnknowns, withUnknownTexts } from "../unknown-values";
import type { Marks } from "./marks";
import { secretsIn, unmark } from "./marks";

/** A resource's properties as the engine passes them to a plugin, taken apart. */
export interface Arrived extends GivenProperties {
  readonly marks: Marks;
}

export function arrived(struct: Struct | undefined): Arrived {
  const { properties, marks } = unmark(withUnknowns(struct?.toJavaScript() ?? {}));
  return withMarks(properties, marks);
}

/** Properties with what is secret of them. */
export function withMarks(properties: Properties, marks: Marks): Arrived {
  return { properties, marks, secrets: secretsIn(marks), hidden: new Set(Object.keys(marks)) };
}

/** Properties as they travel. */
export function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(withoutUndefined(withUnknownTexts(properties)));
}

function withoutUndefined(properties: Properties): Record<string, JavaScriptValue> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): JavaScriptValue {
  if (Array.isArray(value)) return value.map((part) => plain(part ?? null));
  return isRecord(value) ? withoutUndefined(value) : (value as JavaScriptValue);
}
