import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** One setting that cannot be used. */
export interface SettingProblem {
  /**
   * The setting: a configuration key (`alicloud-ens:secretKey`), an argument (`secretKey of the provider "eu"`) or a
   * variable (`HTTPS_PROXY`).
   */
  readonly setting: string;
  /** What is wrong, where it was found, and in a line of its own the command that fixes it. */
  readonly reason: string;
}

/** Names every setting that cannot be used. */
export class SettingsError extends EnsError {
  static override readonly kind = "SettingsError";
  declare readonly kind: "SettingsError";
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, reason }) => `${setting}: ${reason}`);
    super(withDocsLink(lines.join("\n"), "SettingsError"));
    this.problems = problems;
  }
}
