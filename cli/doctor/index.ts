import { type Command, InvalidArgumentError } from "commander";
import { bucketNameRule, isBucketName } from "../../provider/ens/bucket-name";
import { isPlainAddress } from "../../provider/ens/ip-address";
import { exitStatus } from "../exit-status";
import { newCommand } from "../new-command";
import { asText } from "./as-text";
import { help } from "./help";
import { reportWidth } from "./wrap";

interface Options {
  readonly clientIp?: string;
  readonly stack?: string | false;
  readonly timeout: number;
  readonly write?: boolean;
  readonly json?: boolean;
}

/** `pulumi-alicloud-ens doctor` */
export function doctorCommand(): Command {
  const command = newCommand("doctor")
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
  const look = { coloured, width: reportWidth(process.stdout.columns) };
  const text = json === true ? `${JSON.stringify(report, undefined, 2)}\n` : asText(report, look);
  // Work that ran out of time may still be under way, and would keep the process alive.
  process.stdout.write(text, () => process.exit(report.ok ? exitStatus.done : exitStatus.problem));
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
