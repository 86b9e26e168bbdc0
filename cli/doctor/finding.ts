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
export type Finding =
  | { readonly name: CheckName; readonly status: "ok" | "skipped"; readonly message: string }
  | {
      readonly name: CheckName;
      readonly status: "warning" | "problem";
      /** What is wrong, in short. */
      readonly message: string;
      /** Everything about it, and what to do. */
      readonly remedy: string;
    };

export function ok(name: CheckName, message: string): Finding {
  return { name, status: "ok", message: line(message) };
}

export function skipped(name: CheckName, message: string): Finding {
  return { name, status: "skipped", message: line(message) };
}

export function warning(name: CheckName, message: string, remedy: string): Finding {
  return { name, status: "warning", message: line(message), remedy: line(remedy) };
}

export function problem(name: CheckName, message: string, remedy: string): Finding {
  return { name, status: "problem", message: line(message), remedy: line(remedy) };
}

/** One printable line: findings repeat texts of files, other programs and the network. */
function line(text: string): string {
  return printable(text, 4000);
}
