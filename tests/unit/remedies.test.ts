import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import * as api from "../../provider/ens/errors";
import { filesUnder, readPage } from "../support/pages";
import { cacheFolder, checkout } from "../support/paths";
import { allTold, noJson, odd, ordinary } from "../support/remedies";

/** Programs that a remedy may run, each replaced by one that notes how it was called. */
const programs = [
  "pulumi",
  "aliyun",
  "npm",
  "npx",
  "pnpm",
  "yarn",
  "bun",
  "mv",
  "ls",
  "chmod",
  "sudo",
  "cat",
];

/** What messages have in backticks that is neither a command nor code: words of configuration and of programs. */
const words = [
  "import",
  "id",
  "runtime: nodejs",
  "node",
  "hoist: false",
  "nodeLinker: node-modules",
  "pulumi",
  "target",
];

/** What a user puts in the place of `<id>`. */
const filledIn = "filled-in";

describe("what remedies tell one to type", function () {
  this.timeout(60_000);
  let folder: string;
  /** What is told where names are odd. */
  let messages: readonly string[];
  /** The errors where names are ordinary. */
  let errors: readonly string[];
  /** What the messages have in backticks. */
  let spans: readonly string[];
  const environment = { ...process.env };

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ens-remedies-")));
    mkdirSync(join(folder, "bin"));
    for (const program of programs) {
      const file = join(folder, "bin", program);
      writeFileSync(file, '#!/bin/sh\nprintf "%s\\0" "$PWD" "$(basename "$0")" "$@" > "$RECORD"\n');
      chmodSync(file, 0o755);
    }
    // The doctor asks a pulumi that fails.
    const failing = join(folder, "failing");
    mkdirSync(failing);
    writeFileSync(
      join(failing, "pulumi"),
      `#!/bin/sh\ncase "$*" in *${noJson}*) echo none; exit;; esac\necho "error: no stack selected" >&2\nexit 1\n`,
    );
    chmodSync(join(failing, "pulumi"), 0o755);
    for (const name of Object.keys(process.env))
      if (/^(ALI|no_proxy$|NO_PROXY$)/.test(name)) delete process.env[name];
    Object.assign(process.env, {
      HOME: folder,
      PATH: `${failing}:${environment.PATH}`,
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    });
    const told = await allTold({ folder, names: odd });
    messages = [...told.errors, ...told.others];
    const { errors: ordinaryErrors } = await allTold({ folder, names: ordinary });
    errors = ordinaryErrors.map((message) => message.replaceAll(folder, "/home/me"));
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    for (const message of messages) {
      assert.equal((message.match(/`/g) ?? []).length % 2, 0, message);
    }
    const quoted = messages.flatMap((message) =>
      [...message.matchAll(/`(.*?)`/gs)].map(([, span = ""]) => span),
    );
    spans = [...new Set(quoted)];
  });
  after(() => rmSync(folder, { recursive: true }));

  const isCommand = (span: string) =>
    [...programs, "cd", "export", "unset"].includes(span.split(" ")[0] ?? "") &&
    !words.includes(span) &&
    !span.startsWith("export const ");
  const commands = () => spans.filter(isCommand);
  const code = () => spans.filter((span) => !isCommand(span) && !words.includes(span));

  /** Types a command into a shell; gives the folder and the words that the program got. */
  function type(command: string): readonly string[] {
    const record = join(folder, "record");
    rmSync(record, { force: true });
    const line = command.replace(/<[^<>]+>/g, filledIn);
    const { status, stdout, stderr } = spawnSync(
      "sh",
      ["-c", `${line}\nprintenv NO_PROXY NODE_EXTRA_CA_CERTS`],
      {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, RECORD: record },
      },
    );
    assert.equal(stderr, "", command);
    if (existsSync(record)) return readFileSync(record, "utf8").split("\0").slice(0, -1);
    if (status === 127) return [];
    if (command.startsWith("export")) return ["export", stdout.trim()];
    return command.startsWith("unset") ? ["unset"] : [];
  }

  it("are commands that a shell takes as they are meant", () => {
    const typed = commands().map((command) => [command, type(command)] as const);
    for (const [command, called] of typed) assert.ok(called.length > 0, `nothing ran: ${command}`);
    const ran = typed.map(([, [at, ...called]]) => ({ at, called }));

    const sets = ran.filter(({ called }) => called.slice(0, 3).join(" ") === "pulumi config set");
    assert.ok(sets.length >= 15, `${sets.length} settings`);
    for (const { called } of sets) {
      const [key = "", value = "", ...more] = called
        .slice(3)
        .filter((word) => !/^--(secret|path)$/.test(word));
      assert.match(key, /^alicloud-ens:[a-z]\w*((\.|\[\d\]\.)\w+)*$/i);
      assert.ok(value !== "" && !value.startsWith("-"), called.join(" "));
      assert.deepEqual(more, [], called.join(" "));
    }

    const has = (...called: readonly string[]) =>
      assert.ok(
        ran.some((one) => JSON.stringify(one.called) === JSON.stringify(called)),
        `${called.join(" ")} in ${JSON.stringify(ran.map((one) => one.called))}`,
      );
    has("pulumi", "up", "--stack", odd.stack);
    has("pulumi", "up", "--refresh=false");
    has("pulumi", "config", "--stack", odd.stack);
    has("pulumi", "config", "rm", odd.key);
    has(
      "pulumi",
      "config",
      "set",
      "--path",
      "alicloud-ens:assumeRole.roleArn",
      `acs:ram::${filledIn}:role/${filledIn}`,
    );
    has("pulumi", "state", "delete", filledIn);
    has("aliyun", "configure", "--profile", odd.profile);
    for (const [lockFile, add] of [
      ["pnpm-lock.yaml", ["pnpm", "add"]],
      ["yarn.lock", ["yarn", "add"]],
      ["bun.lock", ["bun", "add"]],
      ["package-lock.json", ["npm", "install"]],
    ] as const) {
      const inFolder = ran.filter(({ at }) => at === join(folder, lockFile, odd.folder));
      const sdk = inFolder
        .map(({ called }) => called.at(-1))
        .find((name) => name?.startsWith("@pulumi/pulumi@^"));
      assert.deepEqual(
        inFolder.map(({ called }) => called),
        [
          [...add, "pulumi-alicloud-ens"],
          [...add, sdk],
        ],
      );
    }
    const exported = typed.filter(([command]) => command.startsWith("export")).map(([, [, value]]) => value);
    assert.deepEqual(exported.sort(), ["*.internal.example.com,ens.aliyuncs.com", filledIn]);
  });

  it("are code that compiles, and says what is meant", () => {
    mkdirSync(cacheFolder, { recursive: true });
    const sources = mkdtempSync(join(cacheFolder, "remedies-"));
    try {
      const files = code().map((span, n) => {
        const path = join(sources, `remedy-${n}.ts`);
        writeFileSync(path, `${prelude}\n${inPlace(span)}\n`);
        return [path, span] as const;
      });
      const { config } = ts.readConfigFile(join(checkout, "tsconfig.json"), ts.sys.readFile);
      const { options } = ts.parseJsonConfigFileContent(
        { compilerOptions: config.compilerOptions },
        ts.sys,
        checkout,
      );
      const program = ts.createProgram(
        files.map(([path]) => path),
        options,
      );
      const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
        const span = new Map(files).get(file?.fileName ?? "");
        return `${span}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      });
      assert.deepEqual(faults, []);
    } finally {
      rmSync(sources, { recursive: true });
    }
    const provider = code().filter((span) => span.startsWith("new ens.Provider("));
    assert.ok(provider.length >= 10, `${provider.length} providers`);
    const names = provider.map((span) => JSON.parse(/\(("(?:[^"\\]|\\.)*")/.exec(span)?.[1] ?? ""));
    assert.deepEqual([...new Set(names)], [odd.provider]);
    const exported = code().flatMap(
      (span) => /^(?:export const (\w+)|exports\[(".*")\]) = /.exec(span)?.slice(1) ?? [],
    );
    assert.deepEqual(
      [...new Set(exported.filter(Boolean).map((name) => (name.startsWith('"') ? JSON.parse(name) : name)))],
      ["uploads", "my-uploads", "class", "preparedUpload", "in`ticks`\n", "a.b", "site.gone"],
    );
  });

  it("follow what went wrong, in three lines of 120 characters, and lead to a section of the page", () => {
    assert.ok(errors.length >= 300, `${errors.length} errors`);
    const sections = headings(readPage("docs/errors.md"));
    const tooLong = [];
    for (const message of errors) {
      const [, said = "", section = ""] =
        /^(.*)\nDocs: pulumi-alicloud-ens\/docs\/errors\.md#(\w+)$/s.exec(message) ?? assert.fail(message);
      const [what = "", ...remedy] = said.split("\n");
      assert.ok(/\S/.test(what) && /\S/.test(remedy.join("")), `without a remedy: ${message}`);
      if (said.length > mostCharacters) tooLong.push(`${said.length} characters: ${message}`);
      assert.ok(sections.includes(section), `no section ${section}: ${message}`);
    }
    assert.deepEqual(tooLong, []);
  });

  it("are told within the same bounds wherever the source writes an error", () => {
    const written = filesUnder("provider", ".ts").flatMap(explanationsIn);
    assert.ok(written.length >= 50, `${written.length} in the source`);
    for (const { file, what, remedy } of written) assert.ok(what !== "" && remedy !== "", file);
    assert.deepEqual(
      written.filter(({ what, remedy }) => what.length + remedy.length > mostCharacters),
      [],
    );
  });

  it("are apart from what went wrong wherever an error is thrown", () => {
    const classes = Object.keys(api).filter((name) => name.endsWith("Error"));
    const thrown = new RegExp(`new (?:${classes.join("|")}|NotSettled)\\(\\s*(?:withDocsLink\\(\\s*)?[\`"']`);
    for (const file of filesUnder("provider", ".ts")) assert.doesNotMatch(readPage(file), thrown, file);
  });

  it("are all that the source has in backticks, so that none goes untried", () => {
    const inSource = ["provider", "cli/doctor"].flatMap((one) => filesUnder(one, ".ts")).flatMap(templatesOf);
    assert.ok(inSource.length >= 30, `${inSource.length} in the source`);
    const untried = inSource.filter(
      ([, pattern]) => ![...spans, ...words].some((span) => new RegExp(`^${pattern}$`, "s").test(span)),
    );
    assert.deepEqual(untried, []);
  });
});

/** Three lines of 120 characters. */
const mostCharacters = 360;

function headings(page: string): readonly string[] {
  return [...page.matchAll(/^###? (.*)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
}

interface Written {
  readonly file: string;
  readonly what: string;
  readonly remedy: string;
}

/** What stands for a value, by the code that gives it, with the length of an ordinary one. */
const standIns: readonly (readonly [RegExp, string])[] = [
  [/howToSet|howToRe/, "`pulumi config set alicloud-ens:consistencyTimeout 600`"],
  [/configure|howToWrite/, "`aliyun configure --profile media-prod`"],
  [/requestId/, "3C6B2ED3-0802-4993-9229-CF9C0559F55E"],
  [/arn/i, "acs:ram::1234567890123456:role/uploader"],
  [/origin|from/i, "stack configuration alicloud:accessKey"],
  [/path|file|folder/i, "/home/me/.aliyun/config.json"],
  [/describeAttempts/, " after 6 attempts in 12.3 s"],
  [/faults|fields|differences/, "logicalBucketType is standard, not sink"],
];

/** The errors that a file writes, with ordinary values. What another function makes of a text is not looked into. */
function explanationsIn(path: string): readonly Written[] {
  const file = ts.createSourceFile(path, readPage(path), ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [what, remedy] = ["what", "remedy"].map((name) => memberOf(node, name));
      if (what !== undefined && remedy !== undefined)
        found.push({ file: path, what: textOf(what), remedy: textOf(remedy) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function memberOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

function textOf(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression)) {
    const spans = expression.templateSpans.map((span) => textOf(span.expression) + span.literal.text);
    return expression.head.text + spans.join("");
  }
  if (ts.isBinaryExpression(expression)) return textOf(expression.left) + textOf(expression.right);
  if (ts.isParenthesizedExpression(expression)) return textOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    const [one, other] = [textOf(expression.whenTrue), textOf(expression.whenFalse)];
    return one.length > other.length ? one : other;
  }
  const initializer = ts.isIdentifier(expression) ? initializerOf(expression) : undefined;
  if (initializer !== undefined) return textOf(initializer);
  const code = expression.getText();
  return standIns.find(([pattern]) => pattern.test(code))?.[1] ?? "media-assets-prod";
}

/** What a constant of the same file is, where it is a text; the nearest before its use. */
function initializerOf(identifier: ts.Identifier): ts.Expression | undefined {
  let nearest: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart() >= identifier.getStart()) return;
    const isIt = ts.isVariableDeclaration(node) && node.name.getText() === identifier.text;
    if (isIt && node.initializer !== undefined && isText(node.initializer)) nearest = node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(identifier.getSourceFile());
  return nearest;
}

function isText(expression: ts.Expression): boolean {
  if (ts.isBinaryExpression(expression)) return isText(expression.left);
  if (ts.isConditionalExpression(expression)) return isText(expression.whenTrue);
  return ts.isStringLiteralLike(expression) || ts.isTemplateExpression(expression);
}

const prelude = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
declare const preparedUpload: ens.PreparedUpload;
declare const preparedUploads: ens.PreparedUploads;
declare const media: ens.PreparedUpload;
declare const official: pulumi.ProviderResource;
declare const stackReference: pulumi.StackReference;
`;

/** Code where it belongs. By itself, an object would be a block with a label, and a property a label. */
function inPlace(code: string): string {
  if (code.startsWith("{")) {
    return `export const options: pulumi.ComponentResourceOptions & pulumi.CustomResourceOptions = ${code};`;
  }
  if (!/^\w+: /.test(code)) return code;
  return `export const args: ConstructorParameters<typeof ens.Bucket>[1] = { ${code} };`;
}

/** What the texts of a file have in backticks, each as a pattern in which anything stands for what is put in. */
function templatesOf(path: string): readonly (readonly [file: string, pattern: string])[] {
  const file = ts.createSourceFile(path, readPage(path), ts.ScriptTarget.Latest, true);
  const found: (readonly [string, string])[] = [];
  const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const visit = (node: ts.Node): void => {
    const text = ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].map(literally).join(".*")
      : ts.isStringLiteralLike(node)
        ? literally(node.text)
        : "";
    for (const [, pattern = ""] of text.matchAll(/`(.*?)`/gs)) found.push([path, pattern]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
