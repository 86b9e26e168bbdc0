import { SettingsError } from "../../../provider/ens/errors";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";
import { readSettings, type Settings } from "../../../provider/lifecycle/settings/settings";
import { unknownSettings } from "../../../provider/lifecycle/settings/unknown-settings";
import { settingNames } from "../../../provider/lifecycle/settings/variables";
import { type Finding, ok, problem, warning } from "../finding";
import type { StackConfiguration } from "../stack-configuration";

/** The settings as the provider reads them, or why it cannot. */
export function checkSettings(stack: StackConfiguration): { finding: Finding; settings?: Settings } {
  try {
    const settings = readSettings(stack.read, process.env, { keys: stack.keys });
    return { finding: warnOf(stack, settings) ?? describe(stack), settings };
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    const names = error.problems.map(({ setting }) => setting);
    const message = `cannot be used: ${names.join(", ")}`;
    return { finding: problem("settings", message, error.problems.map(reason)) };
  }
}

function describe(stack: StackConfiguration): Finding {
  const lookup = new Lookup(stack.read, process.env);
  const isAnySet = settingNames.some((name) => lookup.find(name) !== undefined);
  return ok("settings", isAnySet ? "all that are set can be used" : "none is set, so the defaults are used");
}

/** Deployments warn of them too. */
function warnOf({ keys }: StackConfiguration, { warnings }: Settings): Finding | undefined {
  const unknown = unknownSettings(keys);
  const remedies = [...unknown.map(({ remedy }) => remedy), ...warnings];
  if (remedies.length === 0) return undefined;
  const names = unknown.map(({ key }) => key).join(", ");
  return warning("settings", names === "" ? "a value is probably misspelt" : `not known: ${names}`, remedies);
}

function reason({ setting, reason }: SettingsError["problems"][number]): string {
  return `${setting}: ${reason}`;
}
