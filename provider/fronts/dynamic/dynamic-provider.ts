import type { dynamic } from "@pulumi/pulumi";
import { EnsError, ProgramError } from "../../ens/errors";
import { joinedNames } from "../../ens/text/joined-names";
import { quoted } from "../../ens/text/quoted";
import type { Properties } from "../../lifecycle/lifecycle";
import { PartialFailure } from "../../lifecycle/partial-failure";
import type { RegisteredResource } from "../../lifecycle/registered-resource";
import { callFor } from "../call-for";
import { concealFailures, inLines, markSecrets } from "../secret-values";
import { settingsFailures } from "../settings-failures";
import { messageOfRead } from "../settings-of-state";
import { withUnknownTexts } from "../unknown-values";
import { DriftMemory } from "./drift-memory";
import { InitializationFailed, PartialRead } from "./partial-failure";
import { PresentableError } from "./presentable-error";
import type { Host } from "./provider-process";
import { inputsToReplaceFor } from "./replace-on-changes";
import type { WireProperties } from "./wire-properties";
import { readWire, sameSecrets } from "./wire-properties";

/** A dynamic provider as Pulumi calls it. Its properties can have any shape until they have been read. */
export interface DynamicProvider {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
  check(olds: unknown, news: unknown): Promise<dynamic.CheckResult>;
  diff(id: string, olds: unknown, news: unknown): Promise<dynamic.DiffResult>;
  create(inputs: unknown): Promise<dynamic.CreateResult>;
  update(id: string, olds: unknown, news: unknown): Promise<dynamic.UpdateResult>;
  read(id: string, properties: unknown): Promise<dynamic.ReadResult>;
  delete(id: string, properties: unknown): Promise<void>;
}

/** Serves a resource as one of Pulumi's dynamic resources. All that is special about those is in this folder. */
export function dynamicProvider(resource: RegisteredResource, host: Host): DynamicProvider {
  const { className } = resource;
  const lifecycle = resource.lifecycle();
  const drift = new DriftMemory();
  const outputs = (state: object, { secrets, added: { __provider, ...fromProgram } }: WireProperties) => ({
    ...markSecrets(state, secrets, lifecycle),
    ...fromProgram,
  });
  const failuresOf = async (wire: WireProperties, olds: Properties = {}) => {
    const { properties, autoName, claimant } = wire;
    const { secrets, shown, tell, waitingFor, signal, deployment } = callFor(host.session, wire);
    const { inputs, failures } = await lifecycle.check(properties, {
      ...{ secrets, shown, tell, waitingFor, signal, deployment, olds },
      ...(autoName !== undefined ? { autoName } : {}),
      ...(claimant !== undefined ? { claimant } : {}),
    });
    return {
      inputs,
      failures: [...concealFailures(failures, wire), ...settingsFailures(host.session)],
    };
  };

  /** Why state says nothing of this resource's place, if so. */
  function reasonToAskAgain({ properties, added }: WireProperties): string | undefined {
    if (!isNamedBy(added.__provider, resource.subpath))
      return "its state is that of another resource (an alias)";
    const missing = lifecycle.missingOutputs(properties);
    return missing.length > 0 ? `its state has no ${joinedNames(missing)}` : undefined;
  }

  async function lookUp(id: string, wire: WireProperties): Promise<dynamic.ReadResult> {
    if (lifecycle.find === undefined) {
      throw new ProgramError({
        what: `${className} cannot be looked up by the id ${quoted(id)}, which does not hold its inputs.`,
        remedy: "Leave the option `id` out, so that the resource is made from its arguments.",
      });
    }
    const wanted = { ...wire, properties: lifecycle.find.inputs(id, wire.properties) };
    const { inputs, failures } = await failuresOf(wanted);
    if (failures.length > 0) {
      throw new ProgramError({ what: `${className}.get cannot ask ENS.`, remedy: inLines(failures) });
    }
    return { id, props: outputs(await lifecycle.find.state(inputs, callFor(host.session, wanted)), wanted) };
  }

  return {
    configure: (request) => host.configure(request),

    check: (olds, news) => {
      const wire = readWire(news);
      return presenting(wire, async () => {
        const { inputs, failures } = await failuresOf(wire, readWire(olds).properties);
        return failures.length > 0
          ? { failures }
          : { inputs: { ...withUnknownTexts(inputs), ...wire.added } };
      });
    },

    diff: (_id, olds, news) => {
      const before = readWire(olds);
      const after = readWire(news);
      return presenting(after, async () => {
        const { secrets, shown, tell } = callFor(host.session, after);
        // A program's own resource does not say what was a secret, and to replace it would run its `delete`.
        const secretsBefore = isNamedBy(before.added.__provider, anyModule) ? before.secrets : secrets;
        const call = { secrets, shown, tell, secretsBefore, ignored: after.ignored };
        const {
          changed,
          replaces,
          deleteBeforeReplace = false,
        } = lifecycle.diff(before.properties, after.properties, call);
        const reason = reasonToAskAgain(before);
        if (reason !== undefined) {
          const { bucketName } = after.properties;
          const subject = typeof bucketName === "string" ? shown(bucketName) : className;
          tell(`${subject}: ${reason}, so ENS is asked again`);
          return {
            changes: true,
            replaces: [...replaces],
            ...(deleteBeforeReplace ? { deleteBeforeReplace } : {}),
          };
        }
        // Taken in any case, so that drift is reported only once.
        const hasDrifted = drift.take(before.properties);
        const changes = changed.length > 0 || hasDrifted || !sameSecrets(before, after);
        return {
          changes,
          replaces: [...new Set([...replaces, ...inputsToReplaceFor(changed, before, after)])],
          ...(deleteBeforeReplace ? { deleteBeforeReplace } : {}),
        };
      });
    },

    create: (inputs) => {
      const wire = readWire(inputs);
      return presenting(wire, async () => {
        const { id, state } = await lifecycle.create(wire.properties, callFor(host.session, wire));
        return { id, outs: outputs(state, wire) };
      });
    },

    update: (id, olds, news) => {
      const wire = readWire(news);
      const before = readWire(olds);
      // What is left of a failed update may tell what was a secret before it.
      const secrets = new Set([...wire.secrets, ...before.secrets]);
      const hidden = new Set([...wire.hidden, ...before.hidden]);
      return presenting({ ...wire, secrets, hidden }, async () => {
        const options = { before: { ...before, hidden }, ignored: wire.ignored };
        const call = callFor(host.session, wire, options);
        const known = reasonToAskAgain(before) === undefined ? before.properties : undefined;
        const state = await lifecycle.update(id, known, wire.properties, call);
        return { outs: outputs(state, wire) };
      });
    },

    read: (id, properties) => {
      const wire = readWire(properties);
      const missing = lifecycle.missingOutputs(wire.properties);
      if (missing.length === lifecycle.outputs.length) return presenting(wire, () => lookUp(id, wire));
      const work = async () => {
        const found = await lifecycle.read(id, wire.properties, callFor(host.session, wire));
        if (found === "gone") return { id: "" };
        if (found === "same") return { id, props: { ...withUnknownTexts(wire.properties), ...wire.added } };
        if (found.moved.length > 0) drift.remember({ ...found.state });
        return { id, props: outputs(found.state, wire) };
      };
      return presenting(wire, work, {
        Partial: PartialRead,
        messageOf: (error) => messageOfRead(error, host.session),
      });
    },

    delete: (_id, properties) => {
      const wire = readWire(properties);
      return presenting(wire, () => lifecycle.delete(wire.properties, callFor(host.session, wire)));
    },
  };

  /**
   * Runs what Pulumi asked for, and throws an error of this package in the form that Pulumi should show. A partial
   * failure gets the form that makes Pulumi keep the state that it holds.
   */
  async function presenting<T>(
    wire: WireProperties,
    work: () => Promise<T>,
    { Partial, messageOf }: Presentation = {
      Partial: InitializationFailed,
      messageOf: ({ message }) => message,
    },
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!EnsError.isInstance(error)) throw error;
      if (PartialFailure.isInstance(error)) {
        const { id, state, reasons, moved } = error;
        if (moved.length > 0) drift.remember({ ...state });
        const kept = { ...outputs(state, wire), __provider: wire.added.__provider };
        throw new Partial(id, kept, reasons);
      }
      // What caused the error may hold what must be hidden, where anything must.
      const cause = wire.hidden.size > 0 ? undefined : error;
      throw new PresentableError(error, messageOf(error), cause);
    }
  }
}

const anyModule = "[\\w-]+";

/** Whether the text that names a provider names a module of this package. Without a text, it does. */
function isNamedBy(text: unknown, subpath: string): boolean {
  return typeof text !== "string" || new RegExp(`['"]pulumi-alicloud-ens/${subpath}['"]`).test(text);
}

/** How errors are shown. */
interface Presentation {
  readonly Partial: typeof InitializationFailed;
  messageOf(error: EnsError): string;
}
