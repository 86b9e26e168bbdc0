import type { UploadTarget } from "../../provider/lifecycle/upload-target";
import type { Finding } from "./finding";

/** A setting that has a value. Where the value is a secret, it is left out. */
export interface ShownSetting {
  readonly name: string;
  /** A text, or a number that has no unit. */
  readonly value?: string | number;
  readonly valueMs?: number;
  readonly valueSeconds?: number;
  /** `stack configuration alicloud:region`, `environment variable ALICLOUD_REGION` or `default`. */
  readonly from: string;
}

/** What `doctor` found; what `--json` prints. docs/doctor.md has its shape. */
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
