import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, checkout } from "./paths";

/** A folder with the plugin's command, as npm puts it into one. */
export function pluginFolder(): string {
  const folder = join(cacheFolder, "plugin");
  const command = join(folder, "pulumi-resource-alicloud-ens");
  if (existsSync(command)) return folder;
  const half = `${command}.${process.pid}`;
  const main = join(checkout, "dist", "provider", "fronts", "plugin", "main.js");
  mkdirSync(folder, { recursive: true });
  writeFileSync(half, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
  renameSync(half, command);
  return folder;
}
