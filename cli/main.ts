#!/usr/bin/env node
import { Command } from "commander";
import { doctorCommand } from "./doctor";
import { emulatorCommand } from "./emulator/command";

const { version, description } = require("pulumi-alicloud-ens/package.json") as {
  readonly version: string;
  readonly description: string;
};

new Command("pulumi-alicloud-ens")
  .description(description)
  .version(version)
  .addCommand(doctorCommand())
  .addCommand(emulatorCommand())
  .showHelpAfterError()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
