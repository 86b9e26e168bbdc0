interface TestProxyOptions {
  /** Whom it lets through. Default: everybody. */
  readonly user?: { readonly name: string; readonly password: string };
  /** The statuses it refuses with at first, in order. */
  readonly refusals?: readonly number[];
}

/** A user whose name and password are special in a URL. */
export const proxyUser = {
  name: "me@example.com",
  password: "canary:p@ss/word",
  inUrl: "me%40example.com:canary%3Ap%40ss%2Fword",
};

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

  static async start({ user, refusals = [] }: TestProxyOptions = {}): Promise<TestProxy> {
    const statuses = [...refusals];
    // A module of the kind that only `import()` loads on every Node we support.
    const { RequestError, Server: ProxyServer } = await import("proxy-chain");
    const server = new ProxyServer({
      host: "127.0.0.1",
      port: 0,
      prepareRequestFunction: ({ hostname, port, username, password }) => {
        proxy.asked.push(`${hostname}:${port}`);
        const status = statuses.shift();
        if (status !== undefined) throw new RequestError("refused", status);
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

/** Starts proxies for the tests of a `describe`, each stopped after its test. */
export function useProxies(): (options?: TestProxyOptions) => Promise<TestProxy> {
  const started: TestProxy[] = [];
  afterEach(async () => {
    for (const proxy of started.splice(0)) await proxy.stop();
  });
  return async (options) => {
    const proxy = await TestProxy.start(options);
    started.push(proxy);
    return proxy;
  };
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
