import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Emulator } from "../../emulator";
import type { UploadTarget } from "../../provider";

/** What the demo made, and what to do with it. */
export function printTable({
  target,
  url,
  content,
  folder,
  env,
  emulator,
}: {
  readonly target: UploadTarget;
  readonly url: string;
  /** What the object was when it was read. */
  readonly content: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly emulator: Emulator;
}): void {
  const shell = join(folder, "env.sh");
  const names = Object.keys(env).filter((name) => env[name] !== process.env[name]);
  writeFileSync(shell, names.map((name) => `export ${name}='${env[name]}'\n`).join(""));
  const here = relative(process.cwd(), folder);
  const rows = [
    ["Logical bucket", target.bucketName],
    ["Physical bucket", target.physicalBucketName],
    ["Endpoint", target.endpoint],
    ["Object URL", url],
    ["Its content", content.trim()],
    ["State", env.PULUMI_BACKEND_URL ?? ""],
    ["Next", "npm start                   again: unchanged"],
    ["", `npx pulumi-alicloud-ens emulator --port ${emulator.port} --data-dir ${here}/objects`],
    ["", `(. ${here}/env.sh; pulumi refresh --stack demo)    in another shell, while the emulator runs`],
    ["", "npm run clean               removes all of it"],
    ["For real", "pulumi config set bucketName <name of a new bucket> && pulumi up"],
  ];
  console.log(`\n${rows.map(([name = "", value]) => `${name.padEnd(17)}${value}`).join("\n")}`);
}
