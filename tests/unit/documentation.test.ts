import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import * as api from "../../provider";
import { apiError } from "../../provider/ens/api-errors";
import { stackConfiguration } from "../../provider/lifecycle/settings/source";
import { readPage } from "../support/pages";
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
  it("lists the variables that are read, and no others", () => {
    const source = readPage("provider/lifecycle/settings/lookup.ts");
    const read = new Set([...source.matchAll(/"([A-Z]+_[A-Z_]+)"/g)].map(([, name]) => name ?? ""));
    const listed = new Set(
      table(readPage("docs/settings.md"), "| Name | Variables")
        .flatMap(([, cell]) => codes(cell))
        .filter((name) => name !== "sts"),
    );
    const parts = [
      "ALICLOUD_ASSUME_ROLE_SESSION_NAME",
      "ALIBABA_CLOUD_ROLE_SESSION_NAME",
      "ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION",
    ];
    assert.deepEqual([...listed, ...parts].sort(), [...read].sort());
  });

  it("has a section for each class of errors", () => {
    // Those of the API have a section for each reason; the two bases are not thrown by themselves.
    const grouped = ["ApiError", "EnsError", "ProgramError"];
    const exported = Object.keys(api).filter((name) => name.endsWith("Error") && !grouped.includes(name));
    const listed = [...sections().keys()].filter((name) => name.endsWith("Error"));
    assert.deepEqual(listed.sort(), exported.sort());
  });

  it("gives every code the reason that its error has, and the error links to that row's section", () => {
    const context = {
      bucketName: "b",
      origin: "",
      outcome: { attempts: 1, took: 0 },
      set: stackConfiguration.set,
    };
    let checked = 0;
    for (const [reason, section] of sections()) {
      if (reason.endsWith("Error")) continue;
      for (const [cell, cause = "", remedy = ""] of table(section, "| Code")) {
        assert.ok(cause !== "" && remedy !== "", `${cell} has cause and remedy`);
        const listed = codes(cell).map((code) => code.replace("*", "Something"));
        for (const code of listed.length > 0 ? listed : ["SomethingNew"]) {
          const error = apiError({ code, statusCode: 400, message: "" }, context);
          assert.equal(error.reason, reason, code);
          const page = `Docs: pulumi-alicloud-ens/docs/errors.md#${reason.toLowerCase()}`;
          assert.ok(error.message.endsWith(page), error.message);
          checked += 1;
        }
      }
    }
    assert.ok(checked >= 30, String(checked));
  });

  it("has a row for every code that the source tells apart", () => {
    const source = readPage("provider/ens/api-errors.ts");
    const told = [...source.matchAll(/codes: \/(.*)\/,/g)].flatMap(([, pattern = ""]) =>
      pattern.replace(/[\^$()\\]/g, "").split("|"),
    );
    assert.ok(told.length >= 20);
    for (const code of told) assert.ok(errors.includes(`\`${code}`), code);
  });

  it("is where the other errors link to", () => {
    for (const type of [api.ConnectionError, api.AnswerError, api.CredentialsError, api.UploadTargetError]) {
      const { name, message } = new type("It failed.");
      assert.equal(message, `It failed. Docs: pulumi-alicloud-ens/docs/errors.md#${name.toLowerCase()}`);
      assert.ok(sections().has(name));
    }
  });

  it("maps folders that exist", () => {
    const map = /## The rooms\n\n```\n(.*?)```/s.exec(readPage("CONTRIBUTING.md"))?.[1] ?? "";
    const roots = [...map.matchAll(/^(\w[\w/-]*)\/ /gm)].map(([, name]) => name ?? "");
    assert.ok(roots.length >= 7);
    for (const root of roots) assert.ok(ts.sys.directoryExists(join(checkout, root)), root);
  });
});
