/**
 * ENS and the object storage behind it, on this machine, for tests and for trying things without an account.
 *
 * @module pulumi-alicloud-ens/emulator
 */
export { startEmulator } from "./emulator";
export type { Emulator } from "./handle";
export type {
  AccountStatus,
  BucketAcl,
  BucketProperties,
  EmulatorAccount,
  EmulatorBucket,
  EmulatorFault,
  EmulatorLag,
  EmulatorOidcProvider,
  EmulatorOptions,
  EmulatorPlace,
  EmulatorPlacement,
  EmulatorRole,
  EmulatorRules,
} from "./options";
export { defaultAccount } from "./options";
export type { BucketState, LifecycleRule, Place } from "./world/bucket-state";
export type { SeenRequest } from "./world/seen-request";
