import { XMLBuilder } from "fast-xml-parser";
import type { Reply } from "../answer";

const builder = new XMLBuilder({ format: false, suppressEmptyNode: false });

/** An answer in the XML of OSS: one element, its children by name, lists as repeated children. */
export function xml(status: number, root: string, content: Readonly<Record<string, unknown>>): Reply {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: content })}`,
  };
}
