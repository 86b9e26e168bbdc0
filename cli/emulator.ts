import { Command, InvalidArgumentError } from "commander";
import {
  type Emulator,
  type EmulatorAccount,
  type EmulatorBucket,
  type EmulatorLag,
  type EmulatorRules,
  startEmulator,
} from "../emulator";
import { shellQuoted } from "../provider/ens/text/shell-quoted";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly bucket?: readonly EmulatorBucket[];
  readonly account?: readonly EmulatorAccount[];
  readonly dataDir?: string;
  readonly latency: number;
  readonly quota?: number;
  readonly bucketQuota?: number;
  readonly ensRegion?: readonly EnsRegion[];
  readonly lag?: readonly EmulatorLag[];
  readonly updateBucketInfo: boolean;
  readonly allowRemote?: boolean;
  readonly quiet?: boolean;
}

/** An edge node, and whether it was purchased. */
type EnsRegion = NonNullable<EmulatorRules["ensRegions"]>;

/** `pulumi-alicloud-ens emulator` */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .summary("run ENS and its object storage on this machine")
    .description(
      "Runs an emulator of ENS (buckets, PrepareUpload), of STS (AssumeRole, AssumeRoleWithOIDC) and of the object storage behind ENS, all " +
        "on one port of this machine, until Ctrl-C. It prints what to export so that Pulumi and OSS clients talk to it.",
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on, 0 for a free one", parsePort, 0)
    .option(
      "--bucket <name[=physical[@endpoint]]>",
      "a logical bucket, with its place if that matters; may be repeated (default: my-bucket)",
      collect(parseBucket),
    )
    .option(
      "--account <id:secret[:account id]>",
      "an access key, with the account it belongs to if there are several; may be repeated (default: emulator-access-key-id:emulator-access-key-secret)",
      collect(parseAccount),
    )
    .option("--data-dir <folder>", "keep objects and new buckets in this folder (default: in memory)")
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
    .option("--no-update-bucket-info", "have no UpdateBucketInfo, which the vendor does not document")
    .option("--allow-remote", "let other machines in; anybody can know the keys")
    .option("--quiet", "do not print a line for each request")
    .addHelpText(
      "after",
      `
Examples:
  $ pulumi-alicloud-ens emulator --bucket media-assets
  $ pulumi-alicloud-ens emulator --port 9000 --bucket media=media-3f9a1c@localhost:9000 --data-dir ./objects

While it runs (URL is what it prints first):
  $ curl -X POST URL/_emulator/buckets/media-assets/move                       move a bucket
  $ curl -X POST URL/_emulator/faults -d '{"kind":"error","code":"InternalError","status":500}'
  $ curl -X POST URL/_emulator/faults -d '{"action":"PrepareUpload","kind":"lostAnswer"}'
  $ curl -X PATCH URL/_emulator/rules -d '{"lag":{"createMs":5000},"bucketQuota":3}'
  $ curl URL/_emulator/requests                                                what was asked so far
`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const emulator = await startEmulator({
    host: options.host,
    port: options.port,
    buckets: options.bucket ?? ["my-bucket"],
    latencyMs: options.latency,
    ...(options.account !== undefined ? { accounts: options.account } : {}),
    ...(options.dataDir !== undefined ? { dataDir: options.dataDir } : {}),
    ...(options.quota !== undefined ? { quotaPerSecond: options.quota } : {}),
    ...(options.bucketQuota !== undefined ? { bucketQuota: options.bucketQuota } : {}),
    ...(options.ensRegion !== undefined ? { ensRegions: Object.assign({}, ...options.ensRegion) } : {}),
    ...(options.lag !== undefined ? { lag: Object.assign({}, ...options.lag) } : {}),
    updateBucketInfo: options.updateBucketInfo,
    ...(options.allowRemote === true ? { allowRemote: true } : {}),
    ...(options.quiet === true ? {} : { log: (line: string) => console.log(line) }),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void emulator.stop().then(() => {
        console.log("The emulator has stopped.");
        process.exit(0);
      });
    });
  }
  console.log(announcement(emulator));
}

function announcement({ url, environment, buckets }: Emulator): string {
  const exports = Object.entries(environment).map(
    ([name, value]) => `  export ${name}=${shellQuoted(value, "<value>")}`,
  );
  const places = [...buckets].map(
    ([name, { physicalBucketName, endpoint }]) => `  ${name} is ${physicalBucketName} at ${endpoint}`,
  );
  const [first] = buckets.keys();
  return [
    `The ENS emulator listens on ${url}`,
    "",
    "In the shell that runs pulumi:",
    ...exports,
    "",
    "Buckets:",
    ...places,
    "",
    `Move one:  curl -X POST ${url}/_emulator/buckets/${first}/move`,
    "Stop:      Ctrl-C",
    "",
  ].join("\n");
}

function collect<T>(
  parse: (text: string) => T,
): (text: string, earlier: readonly T[] | undefined) => readonly T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}

function parseBucket(text: string): EmulatorBucket {
  const [, name, physicalBucketName, endpoint] = /^([^=@]+)(?:=([^@]+)(?:@(.+))?)?$/.exec(text) ?? [];
  if (name === undefined)
    throw new InvalidArgumentError("Expected name, name=physical or name=physical@endpoint.");
  return {
    name,
    ...(physicalBucketName !== undefined ? { physicalBucketName } : {}),
    ...(endpoint !== undefined ? { endpoint } : {}),
  };
}

function parseAccount(text: string): EmulatorAccount {
  const [accessKeyId, accessKeySecret, accountId, ...rest] = text.split(":");
  if (!accessKeyId || !accessKeySecret || accountId === "" || rest.length > 0)
    throw new InvalidArgumentError("Expected id:secret or id:secret:account id.");
  return { accessKeyId, accessKeySecret, ...(accountId !== undefined ? { accountId } : {}) };
}

function parseEnsRegion(text: string): EnsRegion {
  const [, id, notPurchased] = /^([^=]+)(=notPurchased)?$/.exec(text) ?? [];
  if (id === undefined) throw new InvalidArgumentError("Expected id or id=notPurchased.");
  return { [id]: notPurchased === undefined ? "purchased" : "notPurchased" };
}

function parseLag(text: string): EmulatorLag {
  const [, kind, number] = /^(?:(create|change|delete|storage)=)?(\d{1,7})$/.exec(text) ?? [];
  if (number === undefined) {
    throw new InvalidArgumentError("Expected milliseconds, or those of create, change, delete or storage.");
  }
  const lagMs = Number(number);
  if (kind !== undefined) return { [`${kind}Ms`]: lagMs };
  return { createMs: lagMs, changeMs: lagMs, deleteMs: lagMs, storageMs: lagMs };
}

function parsePort(text: string): number {
  const port = parseNumber(text);
  if (port > 65535) throw new InvalidArgumentError("Expected a port from 0 to 65535.");
  return port;
}

function parseNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(text);
}
