import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { createServer } from "node:tls";
import type { Identity } from "./certificates";

/** TLS before a server that has none. */
export interface TlsFront {
  readonly port: number;
  /** How many connections clients began. */
  readonly handshakes: number;
  /** How many bytes clients sent it, once they had accepted what it showed. */
  readonly received: number;
  stop(): void;
}

/** Puts TLS before the server on `port` of this machine; what passes is not changed. */
export async function startTlsFront(port: number, identity: Identity): Promise<TlsFront> {
  let received = 0;
  let handshakes = 0;
  const open = new Set<Socket>();
  const server = createServer(identity, (client) => {
    const target = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => open.delete(one));
      one.pipe(other);
    }
    client.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
  });
  server.on("connection", () => {
    handshakes += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get handshakes() {
      return handshakes;
    },
    get received() {
      return received;
    },
    stop: () => {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
