import { XMLBuilder } from "fast-xml-parser";
import { isRpcV1 } from "./authenticate";
import type { Call } from "./call";

/** An answer as its caller reads it: the older style has XML unless it asks for JSON, the newer one always JSON. */
export function render(
  call: Call,
  root: string,
  content: Readonly<Record<string, unknown>>,
): { readonly type: string; readonly body: string } {
  if (!isRpcV1(call) || call.parameters.optionalText("Format")?.toUpperCase() === "JSON") {
    return { type: "application/json;charset=utf-8", body: JSON.stringify(content) };
  }
  return {
    type: "text/xml;charset=utf-8",
    body: `<?xml version='1.0' encoding='UTF-8'?>${new XMLBuilder({}).build({ [root]: content })}`,
  };
}
