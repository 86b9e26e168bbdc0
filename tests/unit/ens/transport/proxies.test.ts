import assert from "node:assert/strict";
import { proxyFor, readProxies } from "../../../../provider/ens/transport/proxies";

function read(env: NodeJS.ProcessEnv) {
  const complaints: string[] = [];
  const proxies = readProxies(env, (variable, reason) => complaints.push(`${variable}: ${reason}`));
  return { ...proxies, complaints };
}

describe("proxies of the environment", () => {
  for (const [value, url, user] of [
    ["http://proxy.example.com:3128", "http://proxy.example.com:3128", undefined],
    ["proxy.example.com:3128", "http://proxy.example.com:3128", undefined],
    [" http://proxy.example.com/ ", "http://proxy.example.com", undefined],
    ["https://proxy.example.com", "https://proxy.example.com", undefined],
    ["HTTP://PROXY.example.com:3128", "http://proxy.example.com:3128", undefined],
    ["http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128", undefined],
    ["http://me:secret@proxy.example.com:3128", "http://proxy.example.com:3128", "me:secret"],
    ["me:secret@proxy.example.com:3128", "http://proxy.example.com:3128", "me:secret"],
    ["http://me%40corp:p%3A%2F%40%C3%A9@proxy.example.com", "http://proxy.example.com", "me@corp:p:/@é"],
    ["http://me@proxy.example.com", "http://proxy.example.com", "me:"],
  ] as const) {
    it(`are ${url} for ${value}`, () => {
      const { https, complaints } = read({ HTTPS_PROXY: value });
      assert.deepEqual(complaints, []);
      assert.equal(https?.url, url);
      const expected = user && `Basic ${Buffer.from(user).toString("base64")}`;
      assert.equal(https?.authorization, expected);
    });
  }

  for (const value of [
    "socks5://me:canary@proxy.example.com",
    "http://me:canary@",
    "http://me:canary%@proxy.example.com",
    "http://me:canary@proxy.example.com:99999",
    "canary canary",
    "://canary",
  ]) {
    it(`cannot be ${value}, which is told without what it holds`, () => {
      const { https, complaints } = read({ https_proxy: value });
      assert.equal(https, undefined);
      assert.equal(complaints.length, 1);
      assert.match(complaints[0] ?? "", /^https_proxy: expected the URL of an HTTP proxy.*unset it/s);
      assert.doesNotMatch(complaints[0] ?? "", /canary/);
    });
  }

  it("come from the lower-case spelling first, and not from an empty one", () => {
    assert.equal(read({ HTTPS_PROXY: "upper", https_proxy: "lower" }).https?.from, "https_proxy");
    assert.equal(read({ HTTPS_PROXY: "upper", https_proxy: "" }).https?.from, "HTTPS_PROXY");
    assert.equal(read({ HTTPS_PROXY: " " }).https, undefined);
    assert.equal(read({ NO_PROXY: "upper", no_proxy: "lower" }).except, "lower");
  });

  it("are one for https and another for http", () => {
    const proxies = read({ HTTPS_PROXY: "secure", HTTP_PROXY: "plain" });
    assert.equal(proxyFor(new URL("https://ens.aliyuncs.com"), proxies)?.url, "http://secure");
    assert.equal(proxyFor(new URL("http://ens.aliyuncs.com"), proxies)?.url, "http://plain");
    assert.equal(proxyFor(new URL("http://ens.aliyuncs.com"), read({ HTTPS_PROXY: "secure" })), undefined);
  });

  for (const url of [
    "http://127.0.0.1:8080",
    "https://127.9.9.9",
    "http://localhost:8080",
    "https://a.localhost",
    "http://[::1]:8080",
    "http://100.100.100.200/latest/meta-data",
  ]) {
    it(`are not on the way to ${url}`, () => {
      assert.equal(proxyFor(new URL(url), read({ HTTPS_PROXY: "proxy", HTTP_PROXY: "proxy" })), undefined);
    });
  }
});

describe("NO_PROXY", () => {
  for (const [entries, url, direct] of [
    ["*", "https://ens.aliyuncs.com", true],
    ["ens.aliyuncs.com", "https://ens.aliyuncs.com", true],
    ["ENS.AliyunCS.com", "https://ens.aliyuncs.com", true],
    ["aliyuncs.com", "https://ens.aliyuncs.com", true],
    [".aliyuncs.com", "https://ens.aliyuncs.com", true],
    ["*.aliyuncs.com", "https://ens.aliyuncs.com", true],
    [".aliyuncs.com", "https://aliyuncs.com", false],
    ["aliyuncs.com", "https://aliyuncs.com", true],
    ["aliyuncs.com", "https://notaliyuncs.com", false],
    ["aliyuncs.com.", "https://ens.aliyuncs.com", true],
    ["aliyuncs.com", "https://ens.aliyuncs.com.", true],
    ["s.com", "https://ens.aliyuncs.com", false],
    ["ens.aliyuncs.com.evil.example", "https://ens.aliyuncs.com", false],
    ["a.example, b.example ,ens.aliyuncs.com", "https://ens.aliyuncs.com", true],
    ["a.example b.example ens.aliyuncs.com", "https://ens.aliyuncs.com", true],
    [",, ,", "https://ens.aliyuncs.com", false],
    ["ens.aliyuncs.com:443", "https://ens.aliyuncs.com", true],
    ["ens.aliyuncs.com:443", "http://ens.aliyuncs.com", false],
    ["ens.aliyuncs.com:80", "http://ens.aliyuncs.com", true],
    ["ens.aliyuncs.com:8443", "https://ens.aliyuncs.com:8443", true],
    ["ens.aliyuncs.com:8443", "https://ens.aliyuncs.com", false],
    ["192.0.2.7", "https://192.0.2.7", true],
    ["192.0.2.7", "https://192.0.2.70", false],
    ["192.0.2.7:443", "https://192.0.2.7", true],
    ["192.0.2.7:8443", "https://192.0.2.7", false],
    ["192.0.2.0/24", "https://192.0.2.7", true],
    ["192.0.2.0/24", "https://192.0.3.7", false],
    ["192.0.2.9/24", "https://192.0.2.7", true],
    ["0.0.0.0/0", "https://192.0.2.7", true],
    ["0.0.0.0/0", "https://[2001:db8::1]", false],
    ["192.0.2.0/33", "https://192.0.2.7", false],
    ["192.0.2.0/x", "https://192.0.2.7", false],
    ["192.0.2.0/", "https://192.0.2.7", false],
    ["192.0.2.0/24", "https://192.0.2.7.example.com", false],
    ["0.2.7", "https://192.0.2.7", false],
    [".2.7", "https://192.0.2.7", false],
    ["2001:db8::1", "https://[2001:db8::1]", true],
    ["2001:DB8:0::1", "https://[2001:db8::1]", true],
    ["[2001:db8::1]", "https://[2001:db8::1]", true],
    ["[2001:db8::1]:443", "https://[2001:db8::1]", true],
    ["[2001:db8::1]:8443", "https://[2001:db8::1]", false],
    ["2001:db8::/32", "https://[2001:db8:1::1]", true],
    ["2001:db8::/32", "https://[2001:db9::1]", false],
    ["2001:db8::/129", "https://[2001:db8::1]", false],
  ] as const) {
    it(`${entries} lets ${url} go ${direct ? "directly" : "through the proxy"}`, () => {
      const proxies = read({ HTTPS_PROXY: "proxy", HTTP_PROXY: "proxy", NO_PROXY: entries });
      assert.equal(proxyFor(new URL(url), proxies) === undefined, direct);
    });
  }
});
