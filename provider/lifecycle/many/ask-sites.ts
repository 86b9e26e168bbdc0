import { AnswerError, ApiError, ConnectionError, EnsError } from "../../ens/errors";
import { type Place, placeText } from "../../ens/place";
import type { Timing } from "../../ens/retry/timing";
import { withProgress } from "./progress";
import type { Slots } from "./slots";

/** Addresses, or places, by site. */
export type BySite = Readonly<Record<string, string>>;

/** What came of asking for sites. */
export interface Answers {
  /** The place of each site that was answered for, as text. */
  readonly places: ReadonlyMap<string, string>;
  /** Why each of these sites has none. */
  readonly failures: ReadonlyMap<string, EnsError>;
  /** Sites that were left out when it was clear that they would fail as others had. */
  readonly notAsked: readonly string[];
}

export interface Asking {
  /** Begins every line of progress. */
  readonly subject: string;
  readonly ask: (clientIp: string) => Promise<Place>;
  readonly slots: Slots;
  readonly timing: Timing;
  readonly notify: (line: string) => void;
}

/** So many failures of the network or of ENS in a row, and it is down for all. */
const mostInARow = 10;

/** Asks once for each address. A failure of one leaves the others their answers. */
export async function askSites(clientIps: BySite, asking: Asking): Promise<Answers> {
  const places = new Map<string, string>();
  const failures = new Map<string, EnsError>();
  const notAsked: string[] = [];
  let inARow = 0;
  let pointless = false;

  async function askFor(clientIp: string, sites: readonly string[]): Promise<void> {
    if (pointless) {
      notAsked.push(...sites);
      return;
    }
    try {
      const place = placeText(await asking.ask(clientIp));
      inARow = 0;
      for (const site of sites) places.set(site, place);
    } catch (error) {
      if (!EnsError.isInstance(error)) throw error;
      for (const site of sites) failures.set(site, error);
      const reach = reachOf(error);
      inARow = reach === "service" ? inARow + 1 : 0;
      if (reach === "all" || inARow >= mostInARow) pointless = true;
    }
  }

  const { slots, subject } = asking;
  const total = Object.keys(clientIps).length;
  const work = [...byAddress(clientIps)].map((entry) => slots.run(() => askFor(...entry)));
  const line = () => `${subject}: ${places.size} of ${total} sites resolved${failed(failures.size)}`;
  await withProgress(Promise.all(work), line, asking);
  return { places, failures, notAsked };
}

function failed(count: number): string {
  return count === 0 ? "" : `, ${count} failed`;
}

function byAddress(clientIps: BySite): ReadonlyMap<string, readonly string[]> {
  const sites = new Map<string, string[]>();
  // By name: the engine hands maps over in any order.
  for (const site of Object.keys(clientIps).sort()) {
    const clientIp = clientIps[site] as string;
    const others = sites.get(clientIp);
    if (others === undefined) sites.set(clientIp, [site]);
    else others.push(site);
  }
  return sites;
}

/**
 * Whom else a failure would hit: `site`, nobody; `service`, others for as long as ENS or the network fails; `all`,
 * every call with these credentials and this bucket.
 */
function reachOf(error: EnsError): "site" | "service" | "all" {
  const network: boolean = ConnectionError.isInstance(error);
  if (network) return "service";
  if (ApiError.isInstance(error)) {
    switch (error.reason) {
      case "invalidInput":
      case "other":
        return "site";
      case "server":
      case "throttling":
        return "service";
      default:
        return "all";
    }
  }
  return AnswerError.isInstance(error) ? "site" : "all";
}
