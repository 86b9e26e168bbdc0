/**
 * ENS and the object storage behind it, on this machine, for tests and for trying things without an account.
 *
 * @module pulumi-alicloud-ens/emulator
 */
export { startEmulator } from "./emulator";
export type { Emulator } from "./handle";
export type {
  AccountStatus,
  EmulatorAccount,
  EmulatorBucket,
  EmulatorFault,
  EmulatorOidcProvider,
  EmulatorOptions,
  EmulatorPlace,
  EmulatorPlacement,
  EmulatorRole,
} from "./options";
export { defaultAccount } from "./options";
export type { BucketState, Place } from "./world/buckets";
export type { SeenRequest } from "./world/seen-request";
