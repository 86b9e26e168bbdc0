import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as api from "../../provider";
import { errorCodeOf, errorCodes } from "../../provider/ens/error-codes";
import { packageVersion } from "../../provider/ens/package-version";
import { profileModes } from "../../provider/lifecycle/credentials/profiles/modes";
import { numberSettings } from "../../provider/lifecycle/settings/settings";
import { otherOfficialNames } from "../../provider/lifecycle/settings/unknown-settings";
import {
  configurableNames,
  settingVariables,
  variablesOf,
} from "../../provider/lifecycle/settings/variables";
import { officialSettings } from "../support/official-provider";
import { filesUnder, pages, readPage } from "../support/pages";
import { checkout } from "../support/paths";

const errors = readPage("docs/errors.md");

/** The cells of the table that follows `start`. */
function table(text: string, start: string): string[][] {
  const rows = text.slice(text.indexOf(start)).split("\n\n")[0]?.split("\n").slice(2) ?? [];
  return rows.map((row) => row.split(/ ?\| ?/).slice(1, -1));
}

function codes(cell: string | undefined): string[] {
  return [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");
}

/** The sections of errors.md by heading. */
function sections(): Map<string, string> {
  const parts = errors.split(/^### /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part]));
}

describe("the documentation", () => {
  const isVariable = (name: string) => /^[A-Z]\w*_[A-Z_]+$/.test(name) || name === "TLSHandshakeTimeout";
  const readSettings = () => table(readPage("docs/settings.md"), "| Name | Variables");

  it("lists the variables that are read, and no others, in their order", () => {
    const listed = readSettings().flatMap(([, cell]) => codes(cell).filter(isVariable));
    assert.deepEqual([...new Set(listed)].sort(), [...settingVariables].sort());
    for (const name of configurableNames) {
      const row = readSettings().find(([cell]) => codes(cell)[0] === name);
      const read = variablesOf(name).flat();
      assert.deepEqual(
        codes(row?.[1]).filter((one) => read.includes(one)),
        read,
        name,
      );
    }
  });

  it("has a row for each setting of the official provider, with its variables: read, or why not", () => {
    const others = table(readPage("docs/settings.md"), "| Of `alicloud:`");
    const rows = [...readSettings(), ...others].map(([names, variables]) => ({
      names: codes(names),
      variables: codes(variables),
    }));
    assert.ok(Object.keys(officialSettings).length >= 28);
    for (const [name, variables] of Object.entries(officialSettings)) {
      const ofIt = rows.filter(({ names }) => names.includes(name));
      assert.ok(ofIt.length >= 1, name);
      const known = (name === "endpoints" ? rows : ofIt).flatMap((row) => row.variables);
      assert.deepEqual(
        variables.filter((one) => !known.includes(one)),
        [],
        name,
      );
    }
    assert.deepEqual(
      Object.keys(officialSettings)
        .filter((name) => !configurableNames.some((known) => known === name))
        .sort(),
      [...otherOfficialNames].sort(),
    );
    for (const [, , why] of others) assert.ok((why ?? "").length > 15, why);
  });

  it("gives every number its default, and says what it may be", () => {
    const rows = table(readPage("docs/settings.md"), "| Name | Variables");
    const program = readPage("provider/resource/provider.ts");
    for (const { name, byDefault } of Object.values(numberSettings)) {
      const row = rows.find(([cell]) => codes(cell).includes(name))?.join(" ") ?? "";
      assert.match(row, new RegExp(`\\bdefault ${byDefault}\\b`), `docs/settings.md, ${name}: ${row}`);
      const comment = program
        .slice(0, program.indexOf(`readonly ${name}?:`))
        .trimEnd()
        .split("\n")
        .at(-1);
      assert.match(comment ?? "", new RegExp(`Default: ${byDefault}\\.`), `ProviderArgs, ${name}`);
    }
  });

  it("says of every mode of a profile where its keys come from", () => {
    const modes = table(readPage("docs/settings.md"), "| Mode | Keys come from").flatMap(([cell]) =>
      codes(cell),
    );
    assert.deepEqual(modes.sort(), Object.keys(profileModes).sort());
  });

  it("has a section for each class of errors", () => {
    // Those of the API have a section for each reason; the base is not thrown by itself.
    const grouped = ["ApiError", "EnsError"];
    const exported = Object.keys(api).filter((name) => name.endsWith("Error") && !grouped.includes(name));
    const listed = [...sections().keys()].filter((name) => name.endsWith("Error"));
    assert.deepEqual(listed.sort(), exported.sort());
  });

  /** What the page says of codes, by reason. */
  function documentedCodes() {
    return [...sections()]
      .filter(([reason]) => !reason.endsWith("Error") && reason !== "state")
      .flatMap(([reason, section]) =>
        table(section, "| Code").map(([cell, cause = "", remedy = "", again = ""]) => {
          const listed = codes(cell).map((code) => code.replace("*", "Something"));
          return { reason, cause, remedy, again, codes: listed.length > 0 ? listed : ["SomethingNew"] };
        }),
      );
  }

  it("says of every code what error-codes.ts does: the reason, and whether it is tried again", () => {
    const words = { never: "no", throttled: "yes, until `maxRetryTimeout`", failed: "yes, six times" };
    const checked = documentedCodes().flatMap((row) =>
      row.codes.map((code) => {
        const known = errorCodeOf(code, 400);
        assert.ok(row.cause !== "" && row.remedy !== "", `${code} has cause and remedy`);
        assert.equal(known.reason, row.reason, code);
        const again = known.renewKeys ? "once, with other keys" : words[known.retry];
        assert.equal(row.again, again, code);
        return code;
      }),
    );
    assert.ok(checked.length >= 30, String(checked.length));
  });

  it("has a row for every code that error-codes.ts tells apart", () => {
    const documented = documentedCodes().flatMap(({ codes: listed }) => listed);
    for (const row of errorCodes) {
      const shown = documented.some((code) => errorCodeOf(code, 400) === row);
      assert.ok(shown, `${row.codes.join(", ")} is in no table`);
      // A code with `*` stands for many; one of them is enough.
      for (const code of row.codes.filter((one) => !one.includes("*") && !one.startsWith("HTTP"))) {
        assert.ok(documented.includes(code), `${code} is in no table`);
      }
    }
  });

  it("is where every error links to", () => {
    const { ApiError, SettingsError, EnsError: _, ProgramError, ...others } = api;
    const classes = Object.entries(others).filter(([name]) => name.endsWith("Error"));
    const made = [
      ...classes.map(([, type]) => new (type as new (message: string) => Error)("It failed.")),
      new ProgramError("It failed."),
      new SettingsError([{ setting: "region", reason: "is wrong." }]),
      new ApiError("It failed.", { code: "X", reason: "other", statusCode: 400 }),
    ];
    assert.ok(made.length >= 9, String(made.length));
    for (const { message, name } of made) {
      const [, section = ""] = /Docs: pulumi-alicloud-ens\/docs\/errors\.md#(\w+)$/.exec(message) ?? [];
      const headings = [...sections().keys()].map((heading) => heading.toLowerCase());
      assert.ok(headings.includes(section), `${name} links to ${section || "nothing"}: ${message}`);
    }
  });

  it("has a README that is read in minutes: 120 lines at most", () => {
    const lines = readPage("README.md").trimEnd().split("\n").length;
    assert.ok(lines <= 120, `README.md has ${lines} lines`);
  });

  it("names the version of the package wherever it names one, as the examples do: npm version", () => {
    const published = pages().filter((page) => !/^(CHANGELOG|CONTRIBUTING|docs\/decisions\/)/.test(page));
    const manifests = ["examples", "templates"]
      .filter((folder) => existsSync(join(checkout, folder)))
      .flatMap((folder) => filesUnder(folder, "package.json"));
    const versions = (file: string, pattern: RegExp) =>
      [...readPage(file).matchAll(pattern)].map(([, version]) => ({ file, version }));
    const inPages = /(?:alicloud-ens[-v ]+|\bpackage {2,}|^ {2}"version": ")(\d+\.\d+\.\d+)/gm;
    const named = [
      ...published.flatMap((page) => versions(page, inPages)),
      ...manifests.flatMap((manifest) => versions(manifest, /alicloud-ens": "\^?(.*)"/g)),
    ];
    assert.ok(named.length >= 14, String(named.length));
    assert.deepEqual(
      named.filter(({ version }) => version !== packageVersion),
      [],
    );
  });

  it("has what changed in this version, with the date of its release", () => {
    const [latest, released] = [...readPage("CHANGELOG.md").matchAll(/^## (.*)$/gm)].map(
      ([, text = ""]) => text,
    );
    const ofThis = latest === "Unreleased" ? released : latest;
    assert.match(ofThis ?? "", /^\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)$/);
    assert.equal(ofThis?.split(" ")[0], packageVersion);
  });

  it("names files that exist, where it speaks to developers", () => {
    const developers = pages().filter((page) => /^(CONTRIBUTING\.md|docs\/decisions\/)/.test(page));
    const named = developers.flatMap((page) =>
      [
        ...readPage(page).matchAll(/`((?:provider|emulator|testing|cli|tests|bench|scripts)\/[\w./-]+)`/g),
      ].map(([, path]) => ({ page, path: path ?? "" })),
    );
    assert.ok(named.length >= 30, String(named.length));
    assert.deepEqual(
      named.filter(({ path }) => !existsSync(join(checkout, path))),
      [],
    );
  });

  it("maps folders that exist", () => {
    const map = /## The rooms\n\n```\n(.*?)```/s.exec(readPage("CONTRIBUTING.md"))?.[1] ?? "";
    const roots = [...map.matchAll(/^(\w[\w/-]*)\/ /gm)].map(([, name]) => name ?? "");
    assert.ok(roots.length >= 7);
    for (const root of roots) assert.ok(ts.sys.directoryExists(join(checkout, root)), root);
  });
});
