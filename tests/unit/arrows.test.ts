import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkout } from "../support/paths";

type Arrow = readonly [file: string, specifier: string];

/** What the linter says of each import, in a folder with our rules and nothing but these files. */
function lint(arrows: readonly Arrow[]): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), "ens-arrows-"));
  try {
    const {
      vcs: _,
      $schema: _schema,
      ...rules
    } = JSON.parse(readFileSync(join(checkout, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify(rules));
    cpSync(join(checkout, "biome.arrows.json"), join(folder, "biome.arrows.json"));
    const files = new Map<string, string[]>();
    const lines = arrows.map(([file, specifier]) => {
      const imports = files.get(file) ?? [];
      files.set(file, imports);
      return imports.push(`import "${specifier}";`);
    });
    for (const [file, imports] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), imports.join("\n"));
    }
    const found = restrictedImports(folder);
    return arrows.map(([file], index) => found.get(`${file}:${lines[index]}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The reasons why imports are refused, by file and line. */
function restrictedImports(folder: string): ReadonlyMap<string, string> {
  const biome = require.resolve("@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  return new Map(
    diagnostics
      .filter(({ category }) => category === "lint/style/noRestrictedImports")
      .map(({ message, location: { path, start } }) => [`${path}:${start.line}`, message]),
  );
}

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

/** An import of each kind that is refused, and from where. */
const refused = [
  ["provider/ens/client.ts", "../lifecycle/session"],
  ["provider/ens/client.ts", "../resources/registry"],
  ["provider/ens/client.ts", "../fronts/dynamic/serve"],
  ["provider/ens/client.ts", "@pulumi/pulumi"],
  ["provider/ens/client.ts", "@alicloud/openapi-client"],
  ["provider/ens/client.ts", "../../emulator"],
  ["provider/ens/actions/prepare-upload.ts", "../../lifecycle/checks"],
  ["provider/ens/transport/exchange.ts", "../../lifecycle/session"],
  ["provider/ens/transport/exchange.ts", "../../fronts/dynamic/provider-process"],
  ["provider/ens/rpc-client.ts", "@pulumi/pulumi"],
  ["provider/ens/client.ts", "../eos/storage-client"],
  ["provider/ens/transport/exchange.ts", "../../eos/own-http"],
  ["provider/eos/storage-client.ts", "../lifecycle/session"],
  ["provider/eos/storage-client.ts", "../resources/registry"],
  ["provider/eos/storage-client.ts", "../fronts/dynamic/cancellation"],
  ["provider/eos/storage-client.ts", "@pulumi/pulumi"],
  ["provider/eos/storage-client.ts", "ali-oss"],
  ["provider/eos/storage-sender.ts", "../lifecycle/session"],
  ["provider/eos/storage-sender.ts", "@pulumi/pulumi"],
  ["provider/eos/storage-sender.ts", "@alicloud/openapi-client"],
  ["provider/lifecycle/session.ts", "ali-oss"],
  ["provider/ens/client.ts", "../files/globs"],
  ["provider/files/read-folder.ts", "../lifecycle/checks"],
  ["provider/files/read-folder.ts", "../resources/registry"],
  ["provider/files/read-folder.ts", "../ens/client"],
  ["provider/files/read-folder.ts", "../eos/content"],
  ["provider/files/read-folder.ts", "node:http"],
  ["provider/files/read-folder.ts", "@pulumi/pulumi"],
  ["provider/lifecycle/session.ts", "../resources/registry"],
  ["provider/lifecycle/session.ts", "../resource/upload-target"],
  ["provider/lifecycle/session.ts", "../fronts/dynamic/cancellation"],
  ["provider/lifecycle/session.ts", "@pulumi/pulumi"],
  ["provider/lifecycle/session.ts", "@alicloud/credentials"],
  ["provider/lifecycle/credentials/profiles/profile.ts", "../../../resources/registry"],
  ["provider/lifecycle/credentials/profiles/profile.ts", "@pulumi/pulumi"],
  ["provider/resources/prepared-upload/lifecycle.ts", "./resource"],
  ["provider/resources/prepared-upload/lifecycle.ts", "../../resource/upload-target"],
  ["provider/resources/prepared-upload/lifecycle.ts", "../../fronts/dynamic/drift-memory"],
  ["provider/resources/prepared-upload/lifecycle.ts", "@pulumi/pulumi"],
  ["provider/resources/prepared-upload/lifecycle.ts", "@alicloud/openapi-client"],
  ["provider/resources/prepared-upload/resource.ts", "../../lifecycle/connect"],
  ["provider/resources/prepared-upload/resource.ts", "../../ens/client"],
  ["provider/resources/prepared-upload/resource.ts", "../../eos/storage-client"],
  ["provider/resources/prepared-upload/lifecycle.ts", "ali-oss"],
  ["provider/resources/prepared-upload/resource.ts", "../../fronts/dynamic/dynamic-provider"],
  ["provider/resource/ens-resource.ts", "../lifecycle/credentials/profiles/profile"],
  ["provider/resource/ens-resource.ts", "@alicloud/credentials"],
  ["provider/index.ts", "./fronts/dynamic/providers/prepared-upload"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../plugin/plugin"],
  ["provider/fronts/plugin/plugin.ts", "../dynamic/cancellation"],
  ["provider/fronts/plugin/plugin.ts", "../../resource/ens-resource"],
  ["provider/fronts/plugin/plugin.ts", "../../resources/prepared-upload/resource"],
  ["provider/fronts/plugin/plugin.ts", "@alicloud/credentials"],
  ["provider/fronts/plugin/plugin.ts", "../../../testing"],
  ["provider/fronts/call-for.ts", "./dynamic/cancellation"],
  ["provider/fronts/call-for.ts", "../resource/ens-resource"],
  ["provider/fronts/call-for.ts", "../resources/prepared-upload/resource"],
  ["provider/fronts/call-for.ts", "@alicloud/credentials"],
  ["provider/fronts/call-for.ts", "../../testing"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../../resource/ens-resource"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../../resources/prepared-upload/resource"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "@alicloud/credentials"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../../../testing"],
  ["emulator/emulator.ts", "../provider"],
  ["emulator/emulator.ts", "../provider/ens/endpoint"],
  ["emulator/emulator.ts", "@pulumi/pulumi"],
  ["testing/ens-mocks.ts", "../cli/main"],
  ["cli/main.ts", "../tools/pulumi-cli"],
  ["cli/doctor/examine.ts", "../../provider/fronts/dynamic/provider-process"],
  ["tools/pulumi-cli/routes.ts", "../../cli/doctor/finding"],
  ["tools/pulumi-cli/routes.ts", "../../provider/index"],
] as const;

const allowed = [
  ["provider/ens/client.ts", "./endpoint"],
  ["provider/eos/storage-client.ts", "../ens/call-errors"],
  ["provider/eos/storage-sender.ts", "ali-oss"],
  ["provider/files/read-folder.ts", "../ens/text/quoted"],
  ["provider/files/read-folder.ts", "../ens/is-record"],
  ["provider/files/read-folder.ts", "picomatch"],
  ["provider/lifecycle/file-checks.ts", "../files/globs"],
  ["provider/lifecycle/session.ts", "../ens/errors"],
  ["provider/lifecycle/session.ts", "../eos/object-storage"],
  ["provider/resources/bucket/empty-bucket.ts", "../../eos/listing"],
  ["provider/lifecycle/credentials/profiles/profile.ts", "@alicloud/credentials"],
  ["provider/resources/prepared-upload/lifecycle.ts", "../../lifecycle/lifecycle"],
  ["provider/resources/prepared-upload/resource.ts", "@pulumi/pulumi"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../../resources/registry"],
  ["provider/fronts/dynamic/dynamic-provider.ts", "../secret-values"],
  ["provider/fronts/plugin/plugin.ts", "../call-for"],
  ["testing/ens-mocks.ts", "../provider/fronts/dynamic/dynamic-provider"],
  ["cli/doctor/examine.ts", "../../provider/lifecycle/connect"],
] as const;

/** The reasons that the rules give. */
function reasons(): string[] {
  const { overrides } = JSON.parse(readFileSync(join(checkout, "biome.arrows.json"), "utf8"));
  return overrides.flatMap((override: ArrowRule) =>
    override.linter.rules.style.noRestrictedImports.options.patterns.map(({ message }) => message),
  );
}

interface ArrowRule {
  readonly linter: {
    readonly rules: {
      readonly style: {
        readonly noRestrictedImports: {
          readonly options: { readonly patterns: readonly { readonly message: string }[] };
        };
      };
    };
  };
}

describe("the arrows between rooms", () => {
  it("are held by the linter: each that points the wrong way is refused, and each rule refuses something", () => {
    const said = lint(refused);
    const missed = refused.filter((_, index) => said[index] === undefined);
    assert.deepEqual(missed, []);
    assert.deepEqual(
      reasons().filter((reason) => !said.includes(reason)),
      [],
    );
  });

  it("that point the right way are let be", () => {
    const said = lint(allowed);
    assert.deepEqual(
      allowed.filter((_, index) => said[index] !== undefined),
      [],
    );
  });
});
