import { XMLBuilder } from "fast-xml-parser";
import type { Reply } from "../answer";
import { isRpcV1 } from "./authenticate";
import type { Call } from "./call";

/** An answer as its caller reads it: the older style has XML unless it asks for JSON, the newer one always JSON. */
export function render(
  call: Call,
  status: number,
  root: string,
  content: Readonly<Record<string, unknown>>,
): Reply {
  if (!isRpcV1(call) || call.parameters.optionalText("Format")?.toUpperCase() === "JSON") {
    const headers = { "content-type": "application/json;charset=utf-8" };
    return { status, headers, body: JSON.stringify(content) };
  }
  const xml = new XMLBuilder({}).build({ [root]: content });
  const headers = { "content-type": "text/xml;charset=utf-8" };
  return { status, headers, body: `<?xml version='1.0' encoding='UTF-8'?>${xml}` };
}
