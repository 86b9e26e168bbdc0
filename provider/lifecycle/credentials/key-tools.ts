import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Transport } from "../../ens/transport/exchange";
import type { Settings } from "../settings/settings";

/** What sources of keys work with. */
export interface KeyTools {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly retry: RetryOptions;
}
