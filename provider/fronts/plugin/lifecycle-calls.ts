import type {
  CreateRequest,
  DeleteRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { CreateResponse, ReadResponse, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EnsError } from "../../ens/errors";
import { noTimeouts } from "../../lifecycle/no-timeouts";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { messageOfRead } from "../settings-of-state";
import { lookUp } from "./look-up";
import { joined } from "./marks";
import { outputsInPreview, outputsOf } from "./outputs";
import { keepingPart } from "./partial-failure";
import type { Plugin } from "./plugin";
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
  // What is left of a failed update may tell what was a secret before it.
  const left = withMarks(news.properties, joined(news.marks, olds.marks));
  const ignored = new Set(request.getIgnorechangesList());
  const call = () => plugin.callFor(urn, news, { before: olds, ignored });
  const state = await keepingPart(
    () => lifecycle.update(request.getId(), known, news.properties, call()),
    (kept) => outputsOf(lifecycle, kept, left),
  );
  response.setProperties(struct(outputsOf(lifecycle, state, news)));
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
  if (missing.length === lifecycle.outputs.length) return lookUp(plugin, request, given);
  const outputs = (found: object) => outputsOf(lifecycle, found, given);
  const found = await keepingPart(
    () =>
      readAgain(() => lifecycle.read(request.getId(), given.properties, plugin.callFor(urn, given)), plugin),
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

/** A refresh asks with the settings of the last update, which an error must say. */
async function readAgain<T>(work: () => Promise<T>, { session }: Plugin): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!EnsError.isInstance(error) || PartialFailure.isInstance(error)) throw error;
    throw new EnsError(messageOfRead(error, session), { cause: error });
  }
}
