/**
 * What a team needs to test its own programs without an account: mocks for unit tests, and the emulator to run whole
 * stacks.
 *
 * @module pulumi-alicloud-ens/testing
 */
export * from "../emulator";
export type { EnsMocksOptions } from "./ens-mocks";
export { ensMocks } from "./ens-mocks";
export { failureOf } from "./failure-of";
export { promiseOf } from "./promise-of";
export { stackEnvironment } from "./stack-environment";
