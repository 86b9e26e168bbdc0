import { isDeepStrictEqual } from "node:util";
import type { DiffRequest } from "@pulumi/pulumi/proto/provider_pb";
import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { joinedNames } from "../../ens/text/joined-names";
import type { ShownChange } from "./detailed-diff";
import { placesOf } from "./detailed-diff";
import { missingMade } from "./outputs";
import type { Plugin } from "./plugin";
import type { Arrived } from "./wire";
import { arrived } from "./wire";

export async function diff(plugin: Plugin, request: DiffRequest): Promise<DiffResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const olds = arrived(request.getOlds());
  const news = arrived(request.getNews());
  const oldInputs = request.hasOldInputs() ? arrived(request.getOldInputs()) : olds;
  const { secrets, shown, tell } = plugin.callFor(urn, news);
  const ignored = new Set(request.getIgnorechangesList());
  const call = { secrets, shown, tell, secretsBefore: oldInputs.secrets, ignored };
  const {
    changed,
    replaces,
    deleteBeforeReplace = false,
  } = lifecycle.diff(olds.properties, news.properties, call);
  const lacking = lifecycle.missingOutputs(olds.properties);
  if (lacking.length > 0) tell(`its state has no ${joinedNames(lacking)}, so ENS is asked again`);
  const missing = [...lacking, ...missingMade(lifecycle, olds.properties)];
  // Taken in any case, so that drift is reported only once.
  const moved = plugin.takeDrift(urn);
  const compared = { oldInputs: oldInputs.properties, olds: olds.properties, news: news.properties };
  const changes = [
    ...[...changed, ...remarked(oldInputs, news)].flatMap((name) => placesOf(name, compared)),
    ...missing.map((path) => ({ path, kind: "added", ofInputs: false }) as const),
    ...moved.map((path) => ({ path, kind: "updated", ofInputs: false }) as const),
  ];
  return diffResponse(changes, { replaces, deleteBeforeReplace });
}

/** The inputs that became secrets, or are not any more: an update is needed, which encrypts outputs in state. */
function remarked(before: Arrived, after: Arrived): string[] {
  const names = new Set([...before.hidden, ...after.hidden]);
  const isGiven = (name: string) => (after.properties[name] ?? undefined) !== undefined;
  return [...names].filter(
    (name) => isGiven(name) && !isDeepStrictEqual(before.marks[name], after.marks[name]),
  );
}

interface Consequences {
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export function diffResponse(
  changes: readonly ShownChange[],
  { replaces, deleteBeforeReplace }: Consequences,
): DiffResponse {
  const response = new DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  const details = response.getDetaileddiffMap();
  const { ADD, DELETE, UPDATE } = PropertyDiff.Kind;
  for (const { path, kind, ofInputs } of changes) {
    const name = topOf(path);
    const plain = { added: ADD, deleted: DELETE, updated: UPDATE }[kind];
    const detail = new PropertyDiff();
    // The kind of a change that replaces is the next number.
    detail.setKind(replaces.includes(name) ? plain + 1 : plain);
    detail.setInputdiff(ofInputs);
    details.set(path, detail);
  }
  response.setDiffsList([...new Set(changes.map(({ path }) => topOf(path)))]);
  return response;
}

/** The property that a path begins with. */
export function topOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
