#!/usr/bin/env node
import { doctorCommand } from "./doctor";
import { emulatorCommand } from "./emulator/command";
import { exitStatus, exitStatusHelp } from "./exit-status";
import { commandName, newCommand } from "./new-command";

const { version, description } = require("pulumi-alicloud-ens/package.json") as {
  readonly version: string;
  readonly description: string;
};

newCommand(commandName)
  .description(description)
  .version(version)
  .addCommand(doctorCommand())
  .addCommand(emulatorCommand())
  .addHelpText(
    "after",
    `
${exitStatusHelp("the command has done what it is for", "something is wrong; the command says what")}

More: docs/getting-started.md and docs/doctor.md, in this package.
`,
  )
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = exitStatus.problem;
  });
