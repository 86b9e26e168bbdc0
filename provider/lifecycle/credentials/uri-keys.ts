import { URICredentialsProvider } from "@alicloud/credentials";
import type { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import type { AskOptions } from "./vendor-keys";
import { vendorKeys } from "./vendor-keys";

/** Keys that a URL answers. */
export function uriKeys(source: {
  readonly origin: string;
  readonly options: AskOptions;
  readonly uri: string;
  /** The error of a URL that gives none. `rule` says what it must answer. */
  readonly noKeys: (why: string, rule: string) => CredentialsError;
}): KeySource {
  const { origin, options, uri, noKeys } = source;
  return vendorKeys({
    origin,
    options,
    open: () => URICredentialsProvider.builder().withCredentialsURI(uri).build(),
    noKeys: (why) => noKeys(why, "It must answer JSON as the metadata of ECS does"),
  });
}
