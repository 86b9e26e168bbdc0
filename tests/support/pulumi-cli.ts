import { ensurePulumi, type PulumiCli } from "../../tools/pulumi-cli";

let cli: Promise<PulumiCli> | undefined;

/** The CLI that all tests share; where it must be built first, that takes minutes and tells its progress. */
export function testCli(): Promise<PulumiCli> {
  cli ??= ensurePulumi({ log: (line) => console.error(`      ${line}`) });
  return cli;
}

/** Makes the tests of a `describe` wait for the CLI. */
export function useCli(): void {
  before("the Pulumi CLI", async function () {
    this.timeout(20 * 60_000);
    await testCli();
  });
}
