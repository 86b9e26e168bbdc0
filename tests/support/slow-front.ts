import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A slow line to a server. */
export interface SlowFront {
  readonly port: number;
  stop(): void;
}

/** Takes `bytes` from clients every `everyMs` milliseconds, for the server on `port` of this machine. */
export async function startSlowFront(
  port: number,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
): Promise<SlowFront> {
  const open = new Set<Socket>();
  const server = createServer({ highWaterMark: bytes, pauseOnConnect: true }, (client) => {
    const target = connect(port, "127.0.0.1");
    for (const one of [client, target]) {
      open.add(one);
      one.on("error", () => {}).on("close", () => open.delete(one));
    }
    target.pipe(client);
    const timer = setInterval(() => {
      const chunk = client.read(bytes) ?? client.read();
      if (chunk !== null) target.write(chunk);
    }, everyMs);
    client
      .on("readable", () => {})
      .on("close", () => {
        clearInterval(timer);
        target.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
