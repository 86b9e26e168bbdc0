import type { Emulator, EmulatorOptions } from "../../emulator";
import { defaultAccount } from "../../emulator";
import { Authority } from "./certificates";
import { useEmulator } from "./emulator";
import { ProviderProcess, type ProviderProcessOptions } from "./provider-process";
import { startTlsFront } from "./tls-front";

/** An emulator of ENS as the real one is reached: by a name, through TLS. */
export interface EnsBehindTls {
  readonly emulator: Emulator;
  /** Signed for the emulator; trusted by the processes that {@link start} starts. */
  readonly authority: Authority;
  /** Host and port, a name that only a {@link TestProxy} or `resolve-names.cjs` can resolve. */
  readonly endpoint: string;
  /** A provider process that is told to call it. */
  start(options?: ProviderProcessOptions): Promise<ProviderProcess>;
}

/** A key pair of the emulator's. */
export const keyPair = {
  "alicloud-ens:accessKey": defaultAccount.accessKeyId,
  "alicloud-ens:secretKey": defaultAccount.accessKeySecret,
};

/** ENS behind TLS for the tests of a `describe`. */
export function useEnsBehindTls(options: EmulatorOptions): () => EnsBehindTls {
  const emulator = useEmulator(options);
  let ens: EnsBehindTls | undefined;
  let stop = () => {};
  before(async () => {
    const authority = await Authority.create();
    const front = await startTlsFront(emulator().port, await authority.sign("ens.example.test"));
    const endpoint = `ens.example.test:${front.port}`;
    stop = () => {
      front.stop();
      authority.remove();
    };
    ens = {
      emulator: emulator(),
      authority,
      endpoint,
      start: ({ config = keyPair, env } = {}) =>
        ProviderProcess.start({
          config: {
            "alicloud-ens:endpoint": endpoint,
            "alicloud-ens:endpoints": JSON.stringify([{ sts: endpoint }]),
            "alicloud-ens:clientReadTimeout": "5000",
            ...config,
          },
          env: { NODE_EXTRA_CA_CERTS: authority.file, ...env },
        }),
    };
  });
  after(() => stop());
  beforeEach(() => emulator().clearRequests());
  return () => {
    if (ens === undefined) throw new Error("The emulator has not been started yet.");
    return ens;
  };
}
