import { ens } from "../ens";
import { sts } from "../sts";
import type { Service } from "./service";

/** The APIs that the emulator answers for. */
export const services: readonly Service[] = [ens, sts];
