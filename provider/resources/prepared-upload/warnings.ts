import { isPlainAddress, isPublicAddress } from "../../ens/ip-address";
import { concealed } from "../../ens/text/concealed";
import type { Warnings } from "../../lifecycle/lifecycle";

/** An address that no client can come from. */
export const warnings: Warnings = {
  of: ["clientIp"],
  say({ clientIp }, hidden) {
    if (typeof clientIp !== "string" || !isPlainAddress(clientIp) || isPublicAddress(clientIp)) return [];
    const shown = hidden.has("clientIp") ? concealed : clientIp;
    return [
      `clientIp ${shown} is not a public address, so ENS can see no client come from it. ` +
        "Give the client's public address, or leave clientIp out.",
    ];
  },
};
