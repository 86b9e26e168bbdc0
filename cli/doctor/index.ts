import { Command, InvalidArgumentError } from "commander";
import { bucketNameRule, isBucketName } from "../../provider/ens/bucket-name";
import { isPlainAddress } from "../../provider/ens/ip-address";
import { asText } from "./as-text";
import { help } from "./help";

interface Options {
  readonly clientIp?: string;
  readonly stack?: string | false;
  readonly timeout: number;
  readonly write?: boolean;
  readonly json?: boolean;
}

/** `pulumi-alicloud-ens doctor` */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .summary("say what is wrong with settings, credentials and network, and what to do")
    .description(help.description)
    .argument("[bucket]", "a logical EOS bucket to ask ENS for", parseBucket)
    .option("--client-ip <address>", "ask for the client that has this IPv4 or IPv6 address", parseAddress)
    .option("--stack <name>", "read the configuration of this stack (default: the selected one)")
    .option("--no-stack", "read no stack's configuration, but the environment only")
    .option("--timeout <seconds>", "how long one step may take", parseSeconds, 10)
    .option("--write", "put a small object into the bucket, read it and delete it")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", help.more)
    .configureHelp({ styleTitle: (title) => `\x1b[1m${title}\x1b[22m` })
    .showHelpAfterError("See pulumi-alicloud-ens doctor --help.")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
    .action(async (bucketName: string | undefined, options: Options) => {
      if (bucketName === undefined && options.clientIp !== undefined) {
        command.error("error: --client-ip needs a bucket to ask for");
      }
      if (bucketName === undefined && options.write === true) {
        command.error("error: --write needs a bucket to write to");
      }
      await run(command, bucketName, options);
    });
  return command;
}

const usageError = 2;

async function run(
  command: Command,
  bucketName: string | undefined,
  { clientIp, stack, timeout, write = false, json }: Options,
): Promise<void> {
  // Loads the vendor's SDK, which no other command needs.
  const { examine }: typeof import("./examine") = require("./examine");
  const report = await examine({
    stack,
    write,
    timeout: timeout * 1000,
    ...(bucketName !== undefined
      ? { bucket: { bucketName, ...(clientIp !== undefined ? { clientIp } : {}) } }
      : {}),
  });
  const coloured = command.configureOutput().getOutHasColors?.() ?? false;
  const text = json === true ? `${JSON.stringify(report, undefined, 2)}\n` : asText(report, coloured);
  // Work that ran out of time may still be under way, and would keep the process alive.
  process.stdout.write(text, () => process.exit(report.ok ? 0 : 1));
}

function parseBucket(text: string): string {
  if (isBucketName(text)) return text;
  throw new InvalidArgumentError(`Expected ${bucketNameRule}.`);
}

function parseAddress(text: string): string {
  if (isPlainAddress(text)) return text;
  throw new InvalidArgumentError("Expected a plain IPv4 or IPv6 address, such as 203.0.113.7.");
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,3}$/.test(text) && seconds >= 1 && seconds <= 300) return seconds;
  throw new InvalidArgumentError("Expected whole seconds from 1 to 300.");
}
