import type {
  CreateRequest,
  DeleteRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { CreateResponse, ReadResponse, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ProgramError } from "../../ens/errors";
import { quoted } from "../../ens/text/quoted";
import type { AnyLifecycle } from "../../lifecycle/any-lifecycle";
import type { Properties } from "../../lifecycle/lifecycle";
import { noTimeouts } from "../../lifecycle/no-timeouts";
import { joined, remark } from "./marks";
import { outputsInPreview, outputsOf } from "./outputs";
import { keepingPart } from "./partial-failure";
import type { Plugin } from "./plugin";
import { typeOf } from "./urn";
import type { Arrived } from "./wire";
import { arrived, struct, withMarks } from "./wire";

export async function create(plugin: Plugin, request: CreateRequest): Promise<CreateResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const news = arrived(request.getProperties());
  if (request.getTimeout() > 0) plugin.engine.warn(noTimeouts, urn);
  const response = new CreateResponse();
  if (request.getPreview()) {
    response.setProperties(struct(outputsInPreview(lifecycle, news)));
    return response;
  }
  const outputs = (state: object) => outputsOf(lifecycle, state, news);
  const { id, state } = await keepingPart(
    () => lifecycle.create(news.properties, plugin.callFor(urn, news)),
    outputs,
  );
  response.setId(id);
  response.setProperties(struct(outputs(state)));
  return response;
}

export async function update(plugin: Plugin, request: UpdateRequest): Promise<UpdateResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const news = arrived(request.getNews());
  const olds = arrived(request.getOlds());
  if (request.getTimeout() > 0) plugin.engine.warn(noTimeouts, urn);
  const response = new UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(struct(outputsInPreview(lifecycle, news, olds)));
    return response;
  }
  const known = lifecycle.missingOutputs(olds.properties).length === 0 ? olds.properties : undefined;
  const outputs = (state: object) => outputsOf(lifecycle, state, news);
  const state = await keepingPart(
    () => lifecycle.update(request.getId(), known, news.properties, plugin.callFor(urn, news)),
    outputs,
  );
  response.setProperties(struct(outputs(state)));
  return response;
}

export async function remove(plugin: Plugin, request: DeleteRequest): Promise<Empty> {
  const urn = request.getUrn();
  const olds = arrived(request.getProperties());
  await plugin.lifecycleOf(urn).delete(olds.properties, plugin.callFor(urn, olds));
  return new Empty();
}

/** Of a resource that is in state, for a refresh; or of one that is looked up by its id, for `get` and import. */
export async function read(plugin: Plugin, request: ReadRequest): Promise<ReadResponse> {
  const urn = request.getUrn();
  const lifecycle = plugin.lifecycleOf(urn);
  const inputs = arrived(request.getInputs());
  const state = arrived(request.getProperties());
  const given = withMarks(state.properties, joined(state.marks, inputs.marks));
  const missing = lifecycle.missingOutputs(given.properties);
  if (missing.length === lifecycle.outputs.length) return lookUp(plugin, request, lifecycle, inputs, given);
  const outputs = (found: object) => outputsOf(lifecycle, found, given);
  const found = await keepingPart(
    () => lifecycle.read(request.getId(), given.properties, plugin.callFor(urn, given)),
    outputs,
    (moved) => plugin.rememberDrift(urn, moved),
  );
  const response = new ReadResponse();
  if (found === "gone") return response;
  response.setId(request.getId());
  response.setInputs(request.getInputs());
  if (found !== "same") plugin.rememberDrift(urn, found.moved);
  response.setProperties(struct(outputs(found === "same" ? given.properties : found.state)));
  return response;
}

async function lookUp(
  plugin: Plugin,
  request: ReadRequest,
  lifecycle: AnyLifecycle,
  inputs: Arrived,
  state: Arrived,
): Promise<ReadResponse> {
  const urn = request.getUrn();
  const id = request.getId();
  const { find } = lifecycle;
  if (find === undefined) {
    throw new ProgramError(
      `${typeOf(urn)} cannot be looked up by the id ${quoted(id)}, which does not hold its inputs. ` +
        "Make it from its inputs: what is there already is taken over or asked again.",
    );
  }
  const properties = find.inputs(id, { ...state.properties, ...inputs.properties });
  const wanted = withMarks(properties, state.marks);
  const call = plugin.callFor(urn, wanted);
  const { secrets, shown, tell, signal, deployment } = call;
  const checked = await lifecycle.check(properties, { secrets, shown, tell, signal, deployment, olds: {} });
  if (checked.failures.length > 0) {
    const reasons = checked.failures.map(({ property, reason, concealed }) =>
      wanted.hidden.has(property) ? `${property}: ${concealed}` : `${property}: ${reason}`,
    );
    throw new ProgramError(`${typeOf(urn)} cannot be looked up. ${reasons.join("\n")}`);
  }
  const found = await find.state(checked.inputs, call);
  const response = new ReadResponse();
  response.setId(id);
  response.setProperties(struct(outputsOf(lifecycle, found, wanted)));
  response.setInputs(struct(inputsIn(lifecycle, found, wanted)));
  return response;
}

/** The inputs that would give this state, for an import. */
function inputsIn(lifecycle: AnyLifecycle, state: object, { marks }: Arrived): Properties {
  const entries = Object.entries(lifecycle.inputsOf({ ...state }));
  return Object.fromEntries(entries.map(([name, value]) => [name, remark(value, marks[name])]));
}
