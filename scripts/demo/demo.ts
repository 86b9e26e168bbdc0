import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OssClientOptions, UploadTarget } from "../../provider";
import { ensurePulumi } from "../../tools/pulumi-cli";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { withProgress } from "../../tools/pulumi-cli/progress";
import { DemoStack } from "./demo-stack";
import { startDemoEmulator } from "./emulator";
import { claimFolder } from "./folder";
import { readBack } from "./read-back";
import { printTable } from "./table";

const checkout = join(__dirname, "..", "..");
/** Not the one that the command of the emulator has by itself, which it would put in the place of this one. */
const bucketName = "my-media";
const log = (line: string) => console.log(line);

/**
 * Deploys the producer (the root project), which makes a bucket, and the consumer, which puts a file into it, against the
 * emulator, and reads the file from its storage.
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
    log("\nThe consumer: a stack that takes its outputs, and puts a file into the bucket");
    await consumer.deploy({ producerStack: "organization/media-storage/demo" });
    signal.throwIfAborted();

    const file = "hello.txt";
    const options = await consumer.output<OssClientOptions>("ossOptions");
    const content = await withProgress(log, "\nReading its file from the storage with ali-oss", () =>
      readBack(file, options, env),
    );
    if (content !== readFileSync(join(consumer.folder, file), "utf8")) {
      throw new Error(`${file} in the storage is not the one in ${consumer.folder}.`);
    }
    const target = await consumer.output<UploadTarget>("uploads");
    const url = await consumer.output<string>("helloUrl");
    printTable({ target, url, content, folder: folder.path, env, emulator });
  } finally {
    await emulator.stop();
    folder.release();
  }
}
