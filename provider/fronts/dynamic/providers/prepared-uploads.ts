/**
 * What state names as the provider of `PreparedUploads` (`pulumi-alicloud-ens/prepared-uploads`). This file may move; the name in
 * package.json's `exports` stays for ever.
 */
import { resources } from "../../../resources/registry";
import { dynamicProvider } from "../dynamic-provider";
import { providerProcess } from "../provider-process";

export const { configure, check, diff, create, update, read } = dynamicProvider(
  resources.PreparedUploads,
  providerProcess,
);
