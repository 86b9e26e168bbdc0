import { readFileSync } from "node:fs";
import type { BlockList } from "node:net";
import type { OssClientOptions } from "pulumi-alicloud-ens";
import { networkList } from "./client-address";

/** Where the clients of some networks upload to. */
export interface Place {
  readonly ossOptions: OssClientOptions;
  readonly networks: BlockList;
}

export interface Settings {
  /** The places of the stack's sites. */
  readonly sites: readonly Place[];
  /** The place for all other clients. */
  readonly anywhere: OssClientOptions;
  /** What signs; never leaves the server. */
  readonly keys: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly stsToken?: string;
  };
  /** Where users open the page; no other page may use the server. */
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  /** The proxies that may name their client in `X-Forwarded-For`. */
  readonly trustedProxies: BlockList;
}

/** The stack's outputs (`pulumi stack output --json > outputs.json`) and the environment. */
export function readSettings(env: NodeJS.ProcessEnv, file = "outputs.json"): Settings {
  const { anywhere, bySite } = readOutputs(file);
  const { ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY, ALICLOUD_SECURITY_TOKEN } = env;
  if (!ALICLOUD_ACCESS_KEY || !ALICLOUD_SECRET_KEY) {
    throw new Error("Set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY to a key that may write to the bucket.");
  }
  const port = Number(env.PORT ?? 8080);
  return {
    sites: bySite.map(({ network, ossOptions }) => ({ ossOptions, networks: networkList([network]) })),
    anywhere,
    keys: {
      accessKeyId: ALICLOUD_ACCESS_KEY,
      accessKeySecret: ALICLOUD_SECRET_KEY,
      ...(ALICLOUD_SECURITY_TOKEN ? { stsToken: ALICLOUD_SECURITY_TOKEN } : {}),
    },
    origin: readOrigin(env.ORIGIN ?? `http://localhost:${port}`),
    host: env.HOST ?? "127.0.0.1",
    port,
    trustedProxies: networkList((env.TRUSTED_PROXIES ?? "").split(",").filter(Boolean)),
  };
}

function readOrigin(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text).origin;
  throw new Error(`ORIGIN should be a URL such as https://upload.example.com, got "${text}".`);
}

interface Outputs {
  readonly anywhere: OssClientOptions;
  readonly bySite: readonly { readonly network: string; readonly ossOptions: OssClientOptions }[];
}

function readOutputs(file: string): Outputs {
  try {
    const { anywhere, bySite } = JSON.parse(readFileSync(file, "utf8")) as Partial<Outputs>;
    if (anywhere !== undefined && bySite !== undefined) return { anywhere, bySite };
  } catch {
    // The same remedy as for a file with something else in it.
  }
  throw new Error(
    `${file} does not hold the stack's outputs; run \`pulumi up && pulumi stack output --json > ${file}\`.`,
  );
}
