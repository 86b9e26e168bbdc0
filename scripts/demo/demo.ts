import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UploadTarget } from "../../provider";
import { ensurePulumi } from "../../tools/pulumi-cli";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { withProgress } from "../../tools/pulumi-cli/progress";
import { DemoStack } from "./demo-stack";
import { startDemoEmulator } from "./emulator";
import { claimFolder } from "./folder";
import { printTable } from "./table";
import { upload } from "./upload";

const checkout = join(__dirname, "..", "..");
/** Not the one that the command of the emulator has by itself, which it would put in the place of this one. */
const bucketName = "my-media";
const log = (line: string) => console.log(line);

/**
 * Deploys the producer (the root project) and the consumer against the emulator, and uploads a file through them.
 * All that it makes is in `.demo`, except the CLI, which is in the cache.
 */
export async function runDemo(signal: AbortSignal): Promise<void> {
  const cli = await ensurePulumi({ log, signal });
  const folder = claimFolder(join(checkout, ".demo"));
  const emulator = await startDemoEmulator(folder.path);
  try {
    const env = {
      ...isolatedEnvironment(cli, folder.path),
      ...emulator.environment,
      TS_NODE_TRANSPILE_ONLY: "1",
    };
    const stacks = { env, signal, crashed: folder.crashed };
    const producer = new DemoStack({ ...stacks, folder: checkout });
    const consumer = new DemoStack({
      ...stacks,
      folder: join(checkout, "examples", "cross-stack", "consumer"),
    });

    log(`\nThe producer: a stack that makes ${bucketName}, and resolves it`);
    await producer.deploy({ bucketName });
    log("\nThe consumer: a stack that takes its outputs");
    await consumer.deploy({ producerStack: "organization/media-storage/demo" });
    signal.throwIfAborted();

    const file = join(folder.path, "hello.txt");
    writeFileSync(file, "Uploaded through two stacks.\n");
    const url = await withProgress(log, "\nUploading a file with ali-oss, and reading it back", () =>
      upload(file, { env, cwd: consumer.folder, signal }),
    );
    const target = await consumer.output<UploadTarget>("uploads");
    printTable({ target, url, folder: folder.path, env, emulator });
  } finally {
    await emulator.stop();
    folder.release();
  }
}
