import type { InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ProgramError } from "../../ens/errors";
import { printable } from "../../ens/text/printable";
import type { RegisteredFunction } from "../../lifecycle/look-up-function";
import { functions } from "../../resources/registry";
import { concealFailures, secretValue } from "../secret-values";
import { failuresOf } from "./check";
import type { Plugin } from "./plugin";
import { moduleToken, otherVersion } from "./plugin";
import { arrived, struct } from "./wire";

const registered: Readonly<Record<string, RegisteredFunction>> = functions;

/** Answers a function of the plugin. */
export async function invoke(plugin: Plugin, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const name = token.startsWith(moduleToken) ? token.slice(moduleToken.length) : "";
  const found = Object.hasOwn(registered, name) ? registered[name] : undefined;
  if (found === undefined) {
    throw new ProgramError({
      what: `alicloud-ens has no function ${printable(token, 100)}.`,
      remedy: otherVersion,
    });
  }
  const { check, ask } = found.load();
  const args = arrived(request.getArgs());
  const response = new InvokeResponse();
  const failures = check(args.properties);
  if (failures.length > 0) {
    response.setFailuresList(failuresOf(concealFailures(failures, args)));
    return response;
  }
  const answer = Object.entries(await ask(args.properties, plugin.callFor("", args)));
  // What is asked with a secret tells of it.
  const isSecret = args.hidden.size > 0;
  response.setReturn(
    struct(Object.fromEntries(answer.map(([key, value]) => [key, isSecret ? secretValue(value) : value]))),
  );
  return response;
}
