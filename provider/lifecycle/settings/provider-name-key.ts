/** The key under which a `Provider` tells its process its name in the program. Nothing else sets it. */
export const providerNameKey = "alicloud-ens:provider";
