import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import {
  type Emulator,
  type EmulatorAccount,
  type EmulatorBucket,
  type EmulatorFault,
  type EmulatorLag,
  type EmulatorOptions,
  startEmulator,
} from "../../emulator";
import { codeOf } from "../../provider/ens/code-of";
import { stackEnvironment } from "../../testing/stack-environment";
import { exitStatus, exitStatusHelp } from "../exit-status";
import { newCommand } from "../new-command";
import { announcement } from "./announcement";
import {
  collect,
  type EnsRegion,
  type Placement,
  parseAccount,
  parseBucket,
  parseEnsRegion,
  parseFault,
  parseLag,
  parseNumber,
  parsePlacement,
  parsePort,
} from "./options";
import { runInside } from "./run-inside";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly bucket?: readonly EmulatorBucket[];
  readonly placement?: readonly Placement[];
  readonly account?: readonly EmulatorAccount[];
  readonly dataDir?: string;
  readonly latency: number;
  readonly quota?: number;
  readonly bucketQuota?: number;
  readonly ensRegion?: readonly EnsRegion[];
  readonly lag?: readonly EmulatorLag[];
  readonly fault?: readonly EmulatorFault[];
  readonly updateBucketInfo: boolean;
  readonly allowRemote?: boolean;
  readonly quiet?: boolean;
}

/** `pulumi-alicloud-ens emulator` */
export function emulatorCommand(): Command {
  return newCommand("emulator")
    .summary("run ENS and its object storage on this machine")
    .description(
      "Runs an emulator of ENS (buckets, PrepareUpload), of STS (AssumeRole, AssumeRoleWithOIDC) and of the object storage behind ENS, all " +
        "on one port of this machine. With a command it runs that: what the command starts, such as pulumi, asks the emulator and " +
        "has its state apart from yours, and the emulator ends with it. Without one it prints what to export so that Pulumi and OSS " +
        "clients talk to it, and runs until Ctrl-C.",
    )
    .argument("[command...]", "what to run; write -- before it")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on, 0 for a free one", parsePort, 0)
    .option(
      "--bucket <name[=physical[@endpoint]]>",
      "a logical bucket, with its place if that matters; may be repeated (default: my-bucket)",
      collect(parseBucket),
    )
    .option(
      "--placement <name:clients=physical[@endpoint]>",
      "another place of a bucket, for clients with this address or in this network; may be repeated",
      collect(parsePlacement),
    )
    .option(
      "--account <id:secret[:account id]>",
      "an access key, with the account it belongs to if there are several; may be repeated (default: emulator-access-key-id:emulator-access-key-secret)",
      collect(parseAccount),
    )
    .option(
      "--data-dir <folder>",
      "keep objects, new buckets and the state of stacks in this folder (default: until it ends)",
    )
    .option("--latency <milliseconds>", "how long every call takes", parseNumber, 0)
    .option("--quota <calls>", "calls of ENS a second; more are throttled", parseNumber)
    .option("--bucket-quota <buckets>", "how many buckets an account may have (default: 20)", parseNumber)
    .option(
      "--ens-region <id[=notPurchased]>",
      "an edge node that exists; may be repeated (default: all that look like one)",
      collect(parseEnsRegion),
    )
    .option(
      "--lag <[create=|change=|delete=|storage=]milliseconds>",
      "how long EOS takes to notice changes; may be repeated (default: 0)",
      collect(parseLag),
    )
    .option("--fault <json>", "a fault to show in place of an answer; may be repeated", collect(parseFault))
    .option("--no-update-bucket-info", "have no UpdateBucketInfo, which the vendor does not document")
    .option("--allow-remote", "let other machines in; anybody can know the keys")
    .option("--quiet", "do not print a line for each request")
    .addHelpText(
      "after",
      `
Examples:
  $ pulumi-alicloud-ens emulator --bucket media-assets
  $ pulumi-alicloud-ens emulator --bucket media-assets -- bash                 a shell whose stacks ask the emulator
  $ pulumi-alicloud-ens emulator --bucket media-assets --placement media-assets:203.0.113.0/24=media-berlin
  $ pulumi-alicloud-ens emulator --port 9000 --bucket media=media-3f9a1c@localhost:9000 --data-dir ./objects
  $ pulumi-alicloud-ens emulator --fault '{"action":"PutBucket","kind":"lostAnswer"}' -- pulumi up

While it runs (URL is what it prints first):
  $ curl -X POST URL/_emulator/buckets/media-assets/move                       move a bucket
  $ curl -X POST URL/_emulator/faults -d '{"kind":"error","code":"InternalError","status":500}'
  $ curl -X POST URL/_emulator/faults -d '{"action":"PrepareUpload","kind":"lostAnswer"}'
  $ curl -X PATCH URL/_emulator/rules -d '{"lag":{"createMs":5000},"bucketQuota":3}'
  $ curl URL/_emulator/requests                                                what was asked so far

${exitStatusHelp("it ran, and was stopped by Ctrl-C or SIGTERM", "it cannot start: the port is taken, or the folder or the command cannot be used")}
  With a command (emulator -- <command>), the command's own status.

More: docs/emulator.md, in this package.
`,
    )
    .action(run);
}

async function run(words: readonly string[], options: Options, command: Command): Promise<void> {
  const buckets = (options.bucket ?? [{ name: "my-bucket" }]).map((bucket) => ({
    ...bucket,
    placements: (options.placement ?? []).filter(({ bucketName }) => bucketName === bucket.name),
  }));
  for (const { bucketName } of options.placement ?? []) {
    if (buckets.some(({ name }) => name === bucketName)) continue;
    command.error(`error: --placement is for the bucket ${bucketName}, which no --bucket names.`);
  }
  const common = emulatorOptions(options, buckets);
  if (words.length > 0) {
    process.exitCode = await runWithEmulator(words, common, options.fault, command);
    return;
  }
  const log = options.quiet === true ? {} : { log: (line: string) => console.log(line) };
  const emulator = await start({ ...common, ...log }, options.fault, command);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void emulator.stop().then(() => {
        console.log("The emulator has stopped.");
        process.exit(exitStatus.done);
      });
    });
  }
  console.log(announcement(emulator));
}

function emulatorOptions(options: Options, buckets: readonly EmulatorBucket[]): EmulatorOptions {
  return {
    host: options.host,
    port: options.port,
    buckets,
    latencyMs: options.latency,
    ...(options.account !== undefined ? { accounts: options.account } : {}),
    ...(options.dataDir !== undefined ? { dataDir: options.dataDir } : {}),
    ...(options.quota !== undefined ? { quotaPerSecond: options.quota } : {}),
    ...(options.bucketQuota !== undefined ? { bucketQuota: options.bucketQuota } : {}),
    ...(options.ensRegion !== undefined ? { ensRegions: Object.assign({}, ...options.ensRegion) } : {}),
    ...(options.lag !== undefined ? { lag: Object.assign({}, ...options.lag) } : {}),
    updateBucketInfo: options.updateBucketInfo,
    ...(options.allowRemote === true ? { allowRemote: true } : {}),
  };
}

/** What an emulator does not take is wrong use; what the system refuses, such as a port that is taken, has a cause. */
async function start(
  options: EmulatorOptions,
  faults: readonly EmulatorFault[] | undefined,
  command: Command,
): Promise<Emulator> {
  try {
    const emulator = await startEmulator(options);
    for (const fault of faults ?? []) emulator.fail(fault);
    return emulator;
  } catch (error) {
    const isOfOptions = error instanceof Error && error.name === "Error" && error.cause === undefined;
    if (!isOfOptions || codeOf(error) !== undefined) throw error;
    return command.error(`error: ${error.message}`);
  }
}

/** Runs a command while an emulator is there, with stacks that are kept where its objects are. */
async function runWithEmulator(
  words: readonly string[],
  options: EmulatorOptions,
  faults: readonly EmulatorFault[] | undefined,
  command: Command,
): Promise<number> {
  const emulator = await start(options, faults, command);
  const { dataDir } = options;
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), "ens-emulator-"));
  const end = dataDir === undefined ? "are gone when it ends" : `stay in ${dataDir}`;
  console.error(
    `The ENS emulator listens on ${emulator.url} for \`${words[0]}\`. Stacks and objects ${end}.`,
  );
  try {
    return await runInside(words, stackEnvironment(emulator, folder));
  } finally {
    await emulator.stop();
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
