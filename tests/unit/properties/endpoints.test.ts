import assert from "node:assert/strict";
import fc from "fast-check";
import { endpointOf, endpointUrl, isHost, parseEndpoint } from "../../../provider/ens/endpoint";

const labels = fc.string({ unit: fc.constantFrom(..."abx019-A"), maxLength: 5 });
const hosts = fc.oneof(
  fc.array(labels, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(".")),
  fc.domain(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.constantFrom("localhost", "127.0.0.1", "[::1]", "xn--bcher-kva.de", "xn--a", "0x7f.1"),
);
const ports = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 0, max: 70_000 }).map((port) => `:${port}`),
  fc.constantFrom(":", ":080", ":-1", ":1e3"),
);
const before = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  fc.constantFrom("https://", "http://", "HTTPS://", "ftp://", "//", "u@", "https://u:p@", " ", "\t"),
);
const after = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  fc.constantFrom("/", "/path", "?q", "#f", "\\", "\r\n", "\n", " ", "\u0000", ".", "%00", "\u3002"),
);
const anyText = fc.oneof(
  fc.tuple(before, hosts, ports, after).map((parts) => parts.join("")),
  fc.webUrl(),
  fc.string({ unit: "binary" }),
);

/** What a URL makes of a host, with its port. */
function assertNothingElse(url: URL, host: string): void {
  const usual = url.protocol === "https:" ? ":443" : ":80";
  const port = url.port === "" && host.endsWith(usual) ? usual : url.port && `:${url.port}`;
  const [, name = "", written = ""] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  assert.equal(port, written);
  // The parser of URLs writes an IPv6 address in its shortest form.
  if (!name.startsWith("[")) assert.equal(url.hostname, name.toLowerCase());
  assert.deepEqual([url.username, url.password, url.pathname, url.search, url.hash], ["", "", "/", "", ""]);
}

describe("endpoints of any kind", () => {
  it("are hosts only when a URL of them has that host and port, and nothing else", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (isHost(text)) assertNothingElse(new URL(endpointUrl(endpointOf(text))), text);
      }),
      { numRuns: 5000 },
    );
  });

  it("are hosts whenever they are names by the rules of DNS, not numbers, with a port that there is", () => {
    const label = fc
      .stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/)
      .filter((one) => !one.startsWith("xn--"));
    const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), port, (parts, number) => {
        const host = parts.join(".") + (number === undefined ? "" : `:${number}`);
        assert.equal(isHost(host), true, host);
      }),
    );
  });

  it("are settings only when signed requests go out by https, or stay on this machine", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const endpoint = parseEndpoint(text);
        if (endpoint === undefined) return;
        const url = new URL(endpointUrl(endpoint));
        assertNothingElse(url, endpoint.host);
        const local = /(^|\.)localhost$|^127\.|^\[::1\]$/.test(url.hostname);
        assert.ok(url.protocol === "https:" || local, text);
        // A URL, where one was written, goes where it says.
        if (/^https?:/i.test(text)) assert.equal(url.href, new URL(text).href);
      }),
      { numRuns: 5000 },
    );
  });
});
