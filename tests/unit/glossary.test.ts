import assert from "node:assert/strict";
import { dirname, relative } from "node:path";
import { pages, readPage } from "../support/pages";

/** What the glossary explains that pages use without explaining it, by its anchor. */
const words: Readonly<Record<string, RegExp>> = {
  ens: /\bENS\b/,
  eos: /\bEOS\b/,
  ram: /\bRAM\b/,
  sts: /\bSTS\b/,
  "logical-bucket": /\blogical buckets?\b/,
  "physical-bucket": /\bphysical buckets?\b/,
  "default-chain": /\bdefault chain\b/,
  "oss-v1": /\bOSS V1\b/,
};

const glossary = readPage("docs/glossary.md");

/** Pages for users, without those that are made and the glossary itself. */
const read = pages().filter(
  (page) =>
    page === "README.md" ||
    (/^(docs|examples)\//.test(page) && !/^docs\/(api|decisions|glossary)/.test(page)),
);

/** The prose of a page: no code, headings, tags, pictures, or links but those to the glossary. */
function prose(page: string): string {
  return readPage(page)
    .replace(/^```.*?^```$/gms, "")
    .replace(/`[^`\n]*`|^#.*$|<!--.*?-->|<[^>\n]+>/gm, "")
    .replace(/!?\[[^\]]*\]\((?![^)]*glossary\.md#)[^)]*\)/g, "");
}

describe("the glossary", () => {
  it("has a line for each word that pages use without explaining it", () => {
    for (const anchor of Object.keys(words)) {
      assert.match(glossary, new RegExp(`^\\| <a id="${anchor}"></a>.+ \\| .+ \\|$`, "m"), anchor);
    }
  });

  it("is linked from the first use of a word on a page", () => {
    assert.ok(read.length >= 25, String(read.length));
    const missing = read.flatMap((page) => {
      const text = prose(page);
      const path = relative(dirname(page), "docs/glossary.md");
      return Object.entries(words).flatMap(([anchor, word]) => {
        const link = text.indexOf(`](${path}#${anchor})`);
        const first = text.search(word);
        const linked = first < 0 || (link >= 0 && text.lastIndexOf("[", link) <= first);
        return linked ? [] : `${page}: ${anchor}`;
      });
    });
    assert.deepEqual(missing, []);
  });
});
