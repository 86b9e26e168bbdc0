import assert from "node:assert/strict";
import fc from "fast-check";
import { isPlainAddress, isPublicAddress } from "../../../provider/ens/ip-address";

/** IPv4 by hand: four decimal numbers without leading zeros. */
function isV4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 &&
    parts.every((part) => /^\d+$/.test(part) && String(Number(part)) === part && Number(part) <= 255)
  );
}

/** IPv6 by the parser of URLs, which shares no code with that of node:net; a zone has no place there. */
function isV6(text: string): boolean {
  return /^[0-9a-f:.]*$/i.test(text) && text.includes(":") && URL.canParse(`http://[${text}]/`);
}

const groups = fc.string({ unit: fc.constantFrom(..."0123456789abcdefF"), maxLength: 5 });
const nearAddresses = fc.oneof(
  fc.array(fc.integer({ min: -1, max: 300 }), { minLength: 3, maxLength: 5 }).map((parts) => parts.join(".")),
  fc.array(groups, { minLength: 2, maxLength: 9 }).map((parts) => parts.join(":")),
  fc.string({ unit: fc.constantFrom(..."0129af:.%/[] \n"), maxLength: 20 }),
);
const anyText = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  nearAddresses,
  fc.string({ unit: "binary" }),
);

describe("addresses of any kind", () => {
  it("are plain exactly when they are IPv4 or IPv6 by the rules of either", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(isPlainAddress(text), isV4(text) || isV6(text), JSON.stringify(text));
      }),
      { numRuns: 5000 },
    );
  });

  it("are not plain with a zone, a port, a prefix length, brackets or a space", () => {
    const dressed = fc.constantFrom("%eth0", ":80", "/24", "]", " ", "\n", "\u0000", ".");
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), dressed, (address, more) => {
        // A port is one more group of an IPv6 address that has room for it.
        fc.pre(!(more === ":80" && address.includes(":")));
        assert.equal(isPlainAddress(address + more), false);
      }),
    );
  });

  it("are public or not, whatever IPv4 they hold, by its first numbers", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0] = address.split(".").map(Number);
        const special =
          a === 0 ||
          a === 10 ||
          a === 127 ||
          a >= 224 ||
          (a === 100 && b >= 64 && b < 128) ||
          (a === 169 && b === 254) ||
          (a === 172 && b >= 16 && b < 32) ||
          (a === 192 && b === 168) ||
          (a === 198 && (b === 18 || b === 19));
        assert.equal(isPublicAddress(address), !special);
      }),
      { numRuns: 2000 },
    );
  });

  it("are public or not without a crash, where they are plain", () => {
    fc.assert(
      fc.property(anyText.filter(isPlainAddress), (address) => {
        assert.equal(typeof isPublicAddress(address), "boolean");
      }),
    );
  });
});
