import type { ReadRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ReadResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ProgramError } from "../../ens/errors";
import { quoted } from "../../ens/text/quoted";
import type { AnyLifecycle } from "../../lifecycle/any-lifecycle";
import type { Properties } from "../../lifecycle/lifecycle";
import { concealFailures, inLines } from "../secret-values";
import { remarkMembers } from "./marks";
import { outputsOf } from "./outputs";
import type { Plugin } from "./plugin";
import { typeOf } from "./urn";
import type { Arrived } from "./wire";
import { struct, withMarks } from "./wire";

/** Reads a resource that is not in state, by its id: for `get` and for an import. */
export async function lookUp(plugin: Plugin, request: ReadRequest, given: Arrived): Promise<ReadResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const wanted = withMarks(wantedInputs(lifecycle, request.getId(), given.properties), given.marks);
  const inputs = await checkedInputs(plugin, request, wanted);
  const { importing, find } = lifecycle;
  const call = plugin.callFor(urn, wanted);
  const state = await (importing ?? find)?.state(inputs, call);
  const response = new ReadResponse();
  if (state === undefined) return response;
  response.setId(importing?.id(inputs) ?? request.getId());
  response.setProperties(struct(outputsOf(lifecycle, state, wanted)));
  // What only the id said, state does not say.
  const imported = { ...inputs, ...state };
  const known = importing
    ? { ...lifecycle.inputsOf(imported), ...inputs }
    : (find?.importedInputs(imported) ?? {});
  response.setInputs(struct(remarkMembers(known, wanted.marks)));
  return response;
}

function wantedInputs({ importing, find }: AnyLifecycle, id: string, given: Properties): Properties {
  return (importing ?? find)?.inputs(id, given) ?? given;
}

/** @throws ProgramError where the id does not hold enough */
async function checkedInputs(plugin: Plugin, request: ReadRequest, wanted: Arrived): Promise<Properties> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const { secrets, shown, waitingFor, signal, deployment } = plugin.callFor(urn, wanted);
  // A check tells what an update would do, and there will be none.
  const checkCall = { secrets, shown, tell: () => {}, waitingFor, signal, deployment, olds: {} };
  const { inputs, failures } = await lifecycle.check(wanted.properties, checkCall);
  if (failures.length === 0) return inputs;
  const reasons = inLines(concealFailures(failures, wanted));
  const { importing } = lifecycle;
  throw new ProgramError({
    what: `${typeOf(urn)} cannot be looked up by the id ${quoted(request.getId())}.`,
    remedy:
      importing === undefined ? reasons : `${reasons}\nThe id is written like \`${importing.example}\`.`,
  });
}
