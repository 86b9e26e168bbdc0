/** The key under which a `Provider` tells its process what the program calls it; nothing else sets it. */
export const providerNameKey = "alicloud-ens:provider";
