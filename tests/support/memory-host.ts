import type { Caller } from "../../provider/ens/client";
import type { ObjectStorage } from "../../provider/eos/object-storage";
import type { Host } from "../../provider/fronts/dynamic/provider-process";
import { Session } from "../../provider/lifecycle/session";

const refuse = ({ name }: { readonly name: string }) =>
  Promise.reject(new Error(`${name} was called, where nothing should be.`));
const nobody: Caller = { call: refuse };
const noObjects: ObjectStorage = { call: refuse, tryOnce: refuse };

/** A host of dynamic providers with no settings, which keeps what it is told to say in `lines`. */
export function memoryHost(ens: Caller = nobody, lines: string[] = []): Host {
  const signal = new AbortController().signal;
  const options = { config: () => undefined, env: {}, tell: (line: string) => lines.push(line), signal };
  return {
    session: new Session(options, () => ({
      ens,
      objects: noObjects,
      download: () => refuse({ name: "A download" }),
    })),
    configure: async () => {},
  };
}
