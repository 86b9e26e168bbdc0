import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that never answers. */
export interface SilentServer {
  readonly url: string;
  /** How many requests wait for it now. */
  waiting(): number;
}

/** A silent server for the tests of a `describe`, stopped after them. */
export function useSilentServer(): () => SilentServer {
  let waiting = 0;
  const server = createServer((_request, response) => {
    waiting += 1;
    response.once("close", () => {
      waiting -= 1;
    });
  });
  before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return () => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    waiting: () => waiting,
  });
}
