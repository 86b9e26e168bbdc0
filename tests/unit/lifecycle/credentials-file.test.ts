import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCredentialsFile } from "../../../provider/lifecycle/credentials/credentials-file";
import { canaries } from "../../support/canaries";
import { useHome } from "../../support/home";

const { fileSecret } = canaries;

describe("a file of credentials", () => {
  const home = useHome();

  /** Root may read everything, so that a test of rights must be somebody else meanwhile. */
  async function asSomebodyElse<T>(work: () => Promise<T>): Promise<T> {
    const mine = process.geteuid?.();
    if (mine !== 0) return work();
    process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      process.seteuid?.(mine);
    }
  }

  const rows: readonly (readonly [
    what: string,
    make: (path: string) => void,
    why: RegExp,
    remedy: RegExp,
  ])[] = [
    ["a folder", (path) => mkdirSync(path), /^is a folder, not a file$/, /Name a file/],
    [
      "a device",
      (path) => symlinkSync("/dev/zero", path),
      /^is not an ordinary file$/,
      /Name a file that is/,
    ],
    [
      "a link to itself",
      (path) => symlinkSync(path, path),
      /^is a link that leads back to itself \(ELOOP\)$/,
      /`ls -l /,
    ],
    [
      "a link to nothing",
      (path) => symlinkSync("/nowhere/at/all", path),
      /^is a link to a file that does not exist$/,
      /`ls -l /,
    ],
    ["empty", (path) => writeFileSync(path, " \n"), /^is empty$/, /Write it again/],
    [
      "UTF-8 with a mark of an editor",
      (path) => writeFileSync(path, `\uFEFF{"a":"${fileSecret}"}`),
      /^begins with a byte order mark \(BOM\), which an editor put there and aliyun cannot read either$/,
      /Save it as UTF-8 without a byte order mark/,
    ],
    [
      "UTF-16",
      (path) => writeFileSync(path, `\uFEFF{"a":"${fileSecret}"}`, "utf16le"),
      /^is UTF-16, not UTF-8$/,
      /Save it as UTF-8/,
    ],
    [
      "UTF-16 of the other order",
      (path) => writeFileSync(path, Buffer.from(`\uFEFF{"a":"${fileSecret}"}`, "utf16le").swap16()),
      /^is UTF-16, not UTF-8$/,
      /Save it as UTF-8/,
    ],
    [
      "UTF-16 without a mark",
      (path) => writeFileSync(path, `{"a":"${fileSecret}"}`, "utf16le"),
      /^is not text: it has zero bytes$/,
      /Save it as UTF-8/,
    ],
    [
      "Latin-1",
      (path) => writeFileSync(path, `{"größe":"${fileSecret}"}`, "latin1"),
      /^is not UTF-8 text$/,
      /Save it as UTF-8/,
    ],
    [
      "endless",
      (path) => {
        writeFileSync(path, "{");
        truncateSync(path, 2 * 1024 * 1024);
      },
      /^has more than 1 MB/,
      /Name another/,
    ],
    [
      "another's",
      (path) => {
        writeFileSync(path, fileSecret);
        chmodSync(path, 0o000);
      },
      /^may not be read by the user who runs Pulumi \(EACCES\)$/,
      /`(sudo chown "\$\(id -u\)"|chmod u\+r) /,
    ],
    [
      "in another's folder",
      (path) => {
        mkdirSync(path);
        writeFileSync(join(path, "inside"), fileSecret);
        chmodSync(path, 0o000);
      },
      /^is in a folder that the user who runs Pulumi may not enter \(EACCES\)$/,
      /`ls -ld /,
    ],
    [
      "below a file",
      (path) => writeFileSync(path, fileSecret),
      /^is below something that is no folder \(ENOTDIR\)$/,
      /`ls -ld /,
    ],
  ];

  for (const [what, make, why, remedy] of rows) {
    it(`that is ${what} is told as what it is`, async () => {
      chmodSync(home(), 0o755);
      const path = join(home(), "the file");
      make(path);
      const inside = what.startsWith("in ") || what.startsWith("below ");
      const file = await asSomebodyElse(() => readCredentialsFile(inside ? join(path, "inside") : path));
      assert.ok(file.kind === "unusable", file.kind);
      assert.match(file.why, why);
      assert.match(file.remedy, remedy);
      assert.doesNotMatch(`${file.why} ${file.remedy}`, /canary/i);
      if (file.remedy.includes("`")) assert.match(file.remedy, /the file['.]/);
    });
  }

  it("that is not there is absent; one that is text is read", async () => {
    const path = join(home(), "file");
    assert.deepEqual(await readCredentialsFile(path), { kind: "absent" });
    writeFileSync(path, "größe");
    symlinkSync(path, `${path}-link`);
    assert.deepEqual(await readCredentialsFile(`${path}-link`), { kind: "text", text: "größe" });
  });
});
