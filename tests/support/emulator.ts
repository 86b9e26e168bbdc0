import { defaultAccount, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";

/** An emulator for the tests of a `describe`, stopped after them; `reset` between tests is up to them. */
export function useEmulator(options: EmulatorOptions = {}): () => Emulator {
  let emulator: Emulator | undefined;
  before(async () => {
    emulator = await startEmulator(options);
  });
  after(async () => {
    await emulator?.stop();
  });
  return () => {
    if (emulator === undefined) throw new Error("The emulator has not been started yet.");
    return emulator;
  };
}

/** The stack configuration of those who ask an emulator as its default account. */
export function configurationFor({ url }: Emulator): Readonly<Record<string, string>> {
  return {
    "alicloud-ens:endpoint": url,
    "alicloud-ens:accessKey": defaultAccount.accessKeyId,
    "alicloud-ens:secretKey": defaultAccount.accessKeySecret,
  };
}
