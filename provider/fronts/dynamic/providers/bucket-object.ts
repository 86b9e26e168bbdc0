/**
 * What state names as the provider of `BucketObject` (`pulumi-alicloud-ens/bucket-object`). This file may move; the name in
 * package.json's `exports` stays for ever.
 */
import { resources } from "../../../resources/registry";
import { dynamicProvider } from "../dynamic-provider";
import { providerProcess } from "../provider-process";

const {
  configure,
  check,
  diff,
  create,
  update,
  read,
  delete: remove,
} = dynamicProvider(resources.BucketObject, providerProcess);

export { check, configure, create, diff, read, remove as delete, update };
