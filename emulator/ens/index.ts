import type { Service } from "../gateway/service";
import { prepareUpload } from "./prepare-upload";
import { refusalOf } from "./refusal-of";

/** ENS, as far as the emulator knows it. */
export const ens: Service = {
  name: "ens",
  version: "2017-11-10",
  actions: [prepareUpload],
  hasQuota: true,
  refusalOf,
};
