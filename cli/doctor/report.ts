import type { UploadTarget } from "../../provider/lifecycle/upload-target";
import type { Finding } from "./finding";

/** A setting that has a value. */
export interface ShownSetting {
  readonly name: string;
  /** Left out where it is a secret. */
  readonly value?: string;
  /** `stack configuration alicloud:region`, `environment variable ALICLOUD_REGION` or `default`. */
  readonly from: string;
}

/** What `doctor` found; what `--json` prints. */
export interface Report {
  /** Of this package. */
  readonly version: string;
  /** Whether there is no problem. There may be warnings. */
  readonly ok: boolean;
  /** One finding for each check: always all of them, and in the same order. */
  readonly checks: readonly Finding[];
  readonly settings: readonly ShownSetting[];
  /** Where the bucket is, if the doctor asked for one and ENS answered. */
  readonly target?: UploadTarget & { readonly requestId: string };
}
