/** Whom a proxy lets through. */
export interface User {
  readonly name: string;
  readonly password: string;
}

interface Server {
  readonly port: number;
  close(closeConnections: boolean): Promise<void>;
}

/** A forward proxy that nobody here wrote. Names lead to this machine, whichever they are. */
export class TestProxy {
  /** What it was asked for, in order: `ens.example.test:443`. */
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start({ user, refuseWith }: { user?: User; refuseWith?: number } = {}): Promise<TestProxy> {
    // A module of the kind that only `import()` loads on every Node we support.
    const { RequestError, Server: ProxyServer } = await import("proxy-chain");
    const server = new ProxyServer({
      host: "127.0.0.1",
      port: 0,
      prepareRequestFunction: ({ hostname, port, username, password }) => {
        proxy.asked.push(`${hostname}:${port}`);
        if (refuseWith !== undefined) throw new RequestError("refused", refuseWith);
        const welcome = user === undefined || (user.name === username && user.password === password);
        return { requestAuthentication: !welcome, dnsLookup: toThisMachine };
      },
    });
    const proxy = new TestProxy(server);
    await server.listen();
    return proxy;
  }

  /** Host and port. */
  get host(): string {
    return `127.0.0.1:${this.#server.port}`;
  }

  async stop(): Promise<void> {
    await this.#server.close(true);
  }
}

type Lookup = typeof import("node:dns").lookup;

const toThisMachine = ((
  _name: string,
  { all }: { readonly all?: boolean },
  callback: (error: null, address: unknown, family?: number) => void,
) => {
  if (all === true) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
}) as Lookup;
