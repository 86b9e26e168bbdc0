import type { Service } from "../gateway/service";
import { assumeRole } from "./assume-role";
import { assumeRoleWithOidc } from "./assume-role-with-oidc";
import { notAuthorized } from "./not-authorized";

/** STS, as far as the emulator knows it. */
export const sts: Service = {
  name: "sts",
  version: "2015-04-01",
  actions: [assumeRole, assumeRoleWithOidc],
  hasQuota: false,
  refusalOf: (status) => (status === "active" ? undefined : notAuthorized()),
};
