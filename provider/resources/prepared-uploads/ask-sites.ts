import { EnsError } from "../../ens/errors";
import { reachOf } from "../../ens/reach-of";
import type { Timing } from "../../ens/retry/timing";
import { reportProgress } from "../../lifecycle/report-progress";
import type { Place } from "./place";
import { placeText } from "./place";

/** Addresses, or places, by site. */
export type BySite = Readonly<Record<string, string>>;

/** The result of asking for sites. */
export interface Answers {
  /** The place of each site that was answered for, as text. */
  readonly places: ReadonlyMap<string, string>;
  /** The other sites that were asked for, each with the reason why it has no place. */
  readonly failures: ReadonlyMap<string, EnsError>;
  /** Sites that were not asked for, since they would fail as others had. */
  readonly notAsked: readonly string[];
}

export interface Asking {
  /** Begins every line of progress. */
  readonly subject: string;
  readonly ask: (clientIp: string) => Promise<Place>;
  /** How many addresses are asked for at a time. */
  readonly atOnce: number;
  readonly timing: Timing;
  readonly tell: (line: string) => void;
}

/** After this many failures of the network or of ENS in a row, asking stops: all other sites would fail too. */
const mostInARow = 10;

/** Asks once for each address. When one fails, the others keep their answers. */
export async function askSites(clientIps: BySite, asking: Asking): Promise<Answers> {
  const places = new Map<string, string>();
  const failures = new Map<string, EnsError>();
  let inARow = 0;
  let stopAsking = false;

  async function askFor(clientIp: string, sites: readonly string[]): Promise<void> {
    try {
      const place = placeText(await asking.ask(clientIp));
      inARow = 0;
      for (const site of sites) places.set(site, place);
    } catch (error) {
      if (!EnsError.isInstance(error)) throw error;
      for (const site of sites) failures.set(site, error);
      const reach = reachOf(error);
      inARow = reach === "service" ? inARow + 1 : 0;
      if (reach === "all" || inARow >= mostInARow) stopAsking = true;
    }
  }

  const waiting = byAddress(clientIps);
  async function askInTurn(): Promise<void> {
    while (!stopAsking) {
      const next = waiting.shift();
      if (next === undefined) return;
      await askFor(...next);
    }
  }

  const total = Object.keys(clientIps).length;
  const work = Promise.all(Array.from({ length: asking.atOnce }, askInTurn));
  const line = () => `${asking.subject}: ${places.size} of ${total} sites resolved${failed(failures.size)}`;
  await reportProgress(work, line, asking);
  return { places, failures, notAsked: waiting.flatMap(([, sites]) => sites) };
}

function failed(count: number): string {
  return count === 0 ? "" : `, ${count} failed`;
}

function byAddress(clientIps: BySite): [clientIp: string, sites: string[]][] {
  const sites = new Map<string, string[]>();
  // Sorted, since the engine passes maps in any order.
  for (const [site, clientIp] of Object.entries(clientIps).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const others = sites.get(clientIp);
    if (others === undefined) sites.set(clientIp, [site]);
    else others.push(site);
  }
  return [...sites];
}
