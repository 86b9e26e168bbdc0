import { existsSync, writeFileSync } from "node:fs";
import { startEmulator } from "../emulator";
import { packageVersion } from "../provider/ens/package-version";
import { frozenBuckets, frozenProject, frozenState } from "../tests/support/frozen-state";

/** Freezes the state that this version writes, which every later version must understand. */
async function main(): Promise<void> {
  const file = frozenState(packageVersion);
  if (existsSync(file)) {
    throw new Error(
      `${file} exists. If that version was published, raise the version; if not, remove the file.`,
    );
  }
  const emulator = await startEmulator({ buckets: frozenBuckets });
  const project = await frozenProject(packageVersion, emulator);
  try {
    await project.up();
    // In clear, so that a reader sees what was frozen.
    const { stdout } = await project.run(["stack", "export", "--show-secrets"]);
    writeFileSync(file, `${JSON.stringify(JSON.parse(stdout, portable), null, 2)}\n`);
    console.log(`Wrote ${file}`);
  } finally {
    project.remove();
    await emulator.stop();
  }
}

/** Drops what belongs to this checkout. */
function portable(key: string, value: unknown): unknown {
  return ["sourcePosition", "stackTrace"].includes(key) ? undefined : value;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
