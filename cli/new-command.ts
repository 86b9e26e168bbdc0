import { Command } from "commander";
import { exitStatus } from "./exit-status";

/** A command that ends with status 2 where it is used in a wrong way. Commander's own status for that is 1. */
export function newCommand(name: string): Command {
  const words = name === commandName ? name : `${commandName} ${name}`;
  return new Command(name)
    .configureHelp({ styleTitle: (title) => `\x1b[1m${title}\x1b[22m` })
    .showHelpAfterError(`See ${words} --help.`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitStatus.done : exitStatus.wrongUse));
}

export const commandName = "pulumi-alicloud-ens";
