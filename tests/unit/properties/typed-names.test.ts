import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { shellQuoted } from "../../../provider/ens/text/shell-quoted";
import { textLiteral } from "../../../provider/ens/text/ts-literal";

const name = fc.oneof(
  fc.string({
    unit: fc.constantFrom("a", " ", "'", '"', "$HOME", "\\", "`", "*", "~", ";", "\n", "-", "!", "#", "ü"),
  }),
  fc.string({ unit: "binary" }),
);

describe("names in remedies, of any kind", () => {
  it("are one word to a shell, the name itself, or a placeholder where no line could show it", () => {
    const names = fc.sample(name, 1000).filter((one) => !/\p{Cs}/u.test(one));
    const words = names.map((one) => shellQuoted(one, "placeholder", "linux"));
    const said = execFileSync("sh", ["-c", `printf '%s\\0' ${words.join(" ")}`], { encoding: "utf8" }).split(
      "\0",
    );
    for (const [n, one] of names.entries()) {
      assert.doesNotMatch(words[n] ?? "", /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]/u);
      assert.equal(said[n], words[n] === "placeholder" ? "placeholder" : one);
    }
    assert.ok(words.some((word) => word.startsWith("'")));
  });

  it("are left as they are where they are one word already", () => {
    for (const one of [
      "/home/me/program",
      "org/media/prod",
      "alicloud-ens:region",
      "@pulumi/pulumi@^3.216.0",
    ]) {
      assert.equal(shellQuoted(one, "x", "linux"), one);
    }
    assert.equal(shellQuoted("C:\\program", "x", "win32"), "C:\\program");
    assert.equal(shellQuoted("C:\\my program", "x", "win32"), '"C:\\my program"');
  });

  it("are a literal of TypeScript on one line, whatever they hold", () => {
    fc.assert(
      fc.property(name, (one) => {
        const literal = textLiteral(one);
        assert.equal(JSON.parse(literal), one);
        assert.doesNotMatch(literal, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/u);
      }),
    );
  });
});
