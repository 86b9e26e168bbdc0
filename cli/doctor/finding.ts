import { printable } from "../../provider/ens/text/printable";

/** What the doctor looks at, in the order of its report. */
export const checkNames = [
  "node",
  "package",
  "pulumi",
  "sdk",
  "configuration",
  "settings",
  "credentials",
  "proxy",
  "endpoint",
  "clock",
  "permission",
  "bucket",
  "management",
  "storage",
  "write",
] as const;

export type CheckName = (typeof checkNames)[number];

/** The result of looking at one thing. */
export type Finding = {
  readonly name: CheckName;
  /** What was found, in short. */
  readonly message: string;
  /** What was measured or counted; each name ends in its unit. */
  readonly numbers?: Readonly<Record<string, number>>;
} & (
  | { readonly status: "ok" | "skipped" }
  | {
      readonly status: "warning" | "problem";
      /** What is wrong, and what to do; a paragraph a line. */
      readonly remedy: string;
      /** What is long, such as a policy to copy. */
      readonly details?: readonly Detail[];
    }
);

/** Something long under its title. */
export interface Detail {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a finding may have besides its texts. */
type Extra = Pick<Finding, "numbers"> & { readonly details?: readonly Detail[] };

export function ok(name: CheckName, message: string, { numbers }: Extra = {}): Finding {
  return { name, status: "ok", message: line(message), ...(numbers !== undefined ? { numbers } : {}) };
}

export function skipped(name: CheckName, message: string): Finding {
  return { name, status: "skipped", message: line(message) };
}

/** @param remedy - One paragraph, or several. */
export function warning(
  name: CheckName,
  message: string,
  remedy: string | readonly string[],
  extra?: Extra,
): Finding {
  return wrong("warning", name, message, remedy, extra);
}

/** @param remedy - One paragraph, or several. */
export function problem(
  name: CheckName,
  message: string,
  remedy: string | readonly string[],
  extra?: Extra,
): Finding {
  return wrong("problem", name, message, remedy, extra);
}

function wrong(
  status: "warning" | "problem",
  name: CheckName,
  message: string,
  remedy: string | readonly string[],
  { numbers, details = [] }: Extra = {},
): Finding {
  return {
    name,
    status,
    message: line(message),
    ...(numbers !== undefined ? { numbers } : {}),
    remedy: [remedy].flat().flatMap(paragraphs).join("\n"),
    ...(details.length > 0
      ? { details: details.map(({ title, lines }) => ({ title, lines: lines.map(line) })) }
      : {}),
  };
}

/** An error says what went wrong, what to do and where there is more, each in a line. */
function paragraphs(text: string): readonly string[] {
  return text.split("\n").map(line);
}

/** One printable line: findings repeat texts of files, other programs and the network. */
function line(text: string): string {
  return printable(text, 4000);
}
