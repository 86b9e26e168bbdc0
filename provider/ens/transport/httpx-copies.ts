import { createRequire } from "node:module";
import type { Send } from "./vendor-http";

/** Every copy of httpx that the vendor's libraries use. The plugin's bundle has them in itself: see `scripts/plugin-bundle`. */
export function httpxCopies(): ReadonlySet<{ request: Send }> {
  return new Set(httpxPaths().map((path) => require(path)));
}

export function httpxPaths(): readonly string[] {
  const { resolve } = createRequire(__filename);
  const sdk = createRequire(resolve("@alicloud/openapi-client"));
  return [
    createRequire(sdk.resolve("@alicloud/tea-typescript")).resolve("httpx"),
    createRequire(resolve("@alicloud/credentials")).resolve("httpx"),
  ];
}
