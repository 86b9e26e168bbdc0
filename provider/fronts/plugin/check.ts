import { CheckFailure, CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { NameRule } from "../../lifecycle/name-for";
import { nameFor, readable } from "../../lifecycle/name-for";
import type { ShownFailure } from "../secret-values";
import { concealFailures } from "../secret-values";
import { remarkMembers } from "./marks";
import type { Plugin } from "./plugin";
import { claimantOf, namedResource } from "./urn";
import { arrived, struct } from "./wire";

export async function check(plugin: Plugin, request: CheckRequest): Promise<CheckResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const news = arrived(request.getNews());
  const { secrets, shown, tell, waitingFor, signal, deployment } = plugin.callFor(urn, news);
  const autoName = lifecycle.nameRule && autoNameOf(request, lifecycle.nameRule);
  const { inputs, failures } = await lifecycle.check(news.properties, {
    ...{ secrets, shown, tell, waitingFor, signal, deployment },
    olds: arrived(request.getOlds()).properties,
    ...(autoName !== undefined ? { autoName } : {}),
    claimant: claimantOf(urn),
  });
  for (const warning of lifecycle.warnings?.say(inputs, news.hidden) ?? []) plugin.engine.warn(warning, urn);
  const response = checkResponse(concealFailures(failures, news));
  response.setInputs(struct(remarkMembers(inputs, news.marks)));
  return response;
}

export function checkResponse(failures: readonly ShownFailure[]): CheckResponse {
  const response = new CheckResponse();
  response.setFailuresList(failuresOf(failures));
  return response;
}

export function failuresOf(failures: readonly ShownFailure[]): CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const failure = new CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    return failure;
  });
}

/** A name, where the program gives none: ours, unless the stack's configuration says how names are made. */
function autoNameOf(request: CheckRequest, rule: NameRule): string | undefined {
  const wanted = request.getAutonaming();
  const { Mode } = CheckRequest.AutonamingOptions;
  switch (wanted?.getMode()) {
    case Mode.DISABLE:
      return undefined;
    case Mode.ENFORCE:
      return wanted.getProposedName();
    case Mode.PROPOSE:
      return readable(wanted.getProposedName(), rule);
    default:
      return nameFor(namedResource(request.getUrn()), rule);
  }
}
