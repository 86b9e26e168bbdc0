import type { NameRule } from "../../lifecycle/name-for";

/** What a bucket's name may be that the program does not give. */
export const nameRule: NameRule = { longest: 50, otherwise: "bucket" };
