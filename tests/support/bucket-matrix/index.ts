import type { ActionAnswer, ActionCall } from "../gateway-client";
import { useAsker } from "./asker";
import { describeLag } from "./lag";
import { describeObjects } from "./objects";
import { describeProperties } from "./properties";

/** What every client must be told of buckets and their objects, whoever wrote it. */
export function describeBuckets(client: () => (call: ActionCall) => Promise<ActionAnswer>): void {
  describe("about buckets", () => {
    const asker = useAsker(client);
    describeProperties(asker);
    describeObjects(asker);
    describeLag(asker);
  });
}
