import { everything } from "../support/everything";

/** What one run of the core runs on. */
export interface Combination {
  /** A version of `@pulumi/pulumi`, or `latest`. */
  readonly sdk: string;
  /** A major version of Node. */
  readonly node: number;
}

/** The oldest that the package takes, the newest that declares Node 20, and the newest there is. */
const sdks = ["3.216.0", "3.248.0", "latest"];
const nodes = [20, 22, 24];

export const everyCombination: readonly Combination[] = sdks.flatMap((sdk) =>
  nodes.map((node) => ({ sdk, node })),
);

/** What `npm test` has time for: of the oldest SDK the old Node, of the newest the new one; or all of them. */
export const ofOldest = everything ? everyCombination.filter(isOldest) : [{ sdk: "3.216.0", node: 20 }];
export const ofNewer = everything
  ? everyCombination.filter((one) => !isOldest(one))
  : [{ sdk: "latest", node: 24 }];

function isOldest({ sdk }: Combination): boolean {
  return sdk === "3.216.0";
}
