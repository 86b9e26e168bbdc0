import type { Emulator } from "../../emulator";
import { shellQuoted } from "../../provider/ens/text/shell-quoted";

/** What the command prints at its start. */
export function announcement({ url, environment, buckets }: Emulator): string {
  const exports = Object.entries(environment).map(
    ([name, value]) => `  export ${name}=${shellQuoted(value, "<value>")}`,
  );
  const places = [...buckets].flatMap(([name, { physicalBucketName, endpoint, placements }]) => [
    `  ${name} is ${physicalBucketName} at ${endpoint}`,
    ...placements.map(
      ({ clientIps, ...place }) =>
        `    for ${clientIps} it is ${place.physicalBucketName} at ${place.endpoint}`,
    ),
  ]);
  const [first] = buckets.keys();
  return [
    `The ENS emulator listens on ${url}`,
    "",
    "In the shell that runs pulumi:",
    ...exports,
    "",
    "Afterwards:",
    `  unset ${Object.keys(environment).join(" ")}`,
    "",
    "Buckets:",
    ...places,
    "",
    `Move one:  curl -X POST ${url}/_emulator/buckets/${first}/move`,
    "Stop:      Ctrl-C",
    "",
  ].join("\n");
}
