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

/** The old with the old and the new with the new: what `npm test` has time for. */
export const corners: readonly Combination[] = [
  { sdk: "3.216.0", node: 20 },
  { sdk: "latest", node: 24 },
];
