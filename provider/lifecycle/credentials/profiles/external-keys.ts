import { isRecord } from "../../../ens/is-record";
import type { KeySource, Keys } from "../../../ens/keys";
import { isKeyPart } from "../../../ens/keys";
import { Exchange } from "../../../ens/transport/exchange";
import { OutOfTime } from "../../../ens/transport/failure";
import { parseJson } from "../../settings/parse-json";
import { sessionKeys } from "../session-keys";
import type { AskOptions } from "../vendor-keys";
import { CommandFailure, outputOf } from "./external-command";
import type { NamedProfile } from "./named-profile";
import { isoTime } from "./named-profile";

interface Printed {
  readonly keys: Keys;
  /** In milliseconds since the epoch; never where the command does not say. */
  readonly expires: number;
}

/** Keys that a command prints. It runs again when they are about to expire, or were refused. */
export function externalKeys(profile: NamedProfile, { timeout, transport }: AskOptions): KeySource {
  const { process_command: command } = profile.required("process_command");
  const problem = (what: string) =>
    profile.problem(
      `, but its command ${what}`,
      `Run the process_command of the profile by hand to see what it says. Set another: ${profile.configure()}`,
    );
  const run = async (): Promise<Printed> => {
    const exchange = new Exchange(transport);
    const output = await exchange
      .run(timeout, async () => outputOf(command, exchange.signal))
      .catch((error: unknown) => {
        if (error instanceof OutOfTime)
          throw problem(`took longer than ${timeout / 1000} s (clientReadTimeout)`);
        if (error instanceof CommandFailure) throw problem(error.message);
        throw error;
      });
    const printed = readPrinted(output);
    if (printed === undefined) {
      throw problem(
        'printed no keys in the form that is expected: {"mode":"StsToken","access_key_id":"…","access_key_secret":"…",' +
          '"sts_token":"…"}, or mode AK without sts_token',
      );
    }
    if (printed.expires <= Date.now())
      throw problem(`printed keys that expired at ${isoTime(printed.expires)}`);
    return printed;
  };
  return sessionKeys({ origin: profile.title }, run);
}

function readPrinted(output: string): Printed | undefined {
  const printed = parseJson(output);
  if (!isRecord(printed)) return undefined;
  const { mode, access_key_id: accessKeyId, access_key_secret: accessKeySecret } = printed;
  if (mode !== undefined && mode !== "AK" && mode !== "StsToken") return undefined;
  if (!isKeyPart(accessKeyId) || !isKeyPart(accessKeySecret)) return undefined;
  const securityToken = mode === "AK" ? undefined : printed.sts_token || undefined;
  if (mode === "StsToken" && securityToken === undefined) return undefined;
  if (securityToken !== undefined && !isKeyPart(securityToken)) return undefined;
  const expires = typeof printed.expiration === "string" ? Date.parse(printed.expiration) : Number.NaN;
  return {
    keys: { accessKeyId, accessKeySecret, ...(securityToken !== undefined ? { securityToken } : {}) },
    expires: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires,
  };
}
