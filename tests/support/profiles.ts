import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The key of every profile; an emulator knows it by `accounts`. */
export const profileKey = { accessKeyId: "profile", accessKeySecret: "canary-secret" };

/** A profile as the aliyun command line keeps it. */
export function profile(name: string) {
  const { accessKeyId, accessKeySecret } = profileKey;
  return { name, mode: "AK", access_key_id: accessKeyId, access_key_secret: accessKeySecret };
}

/** Writes a file of profiles; by default with one, `main`. */
export function writeProfiles(
  path: string,
  content = JSON.stringify({ current: "main", profiles: [profile("main")] }),
): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
