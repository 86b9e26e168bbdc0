import { join } from "node:path";

/** The checkout. */
export const checkout = join(__dirname, "..", "..");

/** What tests keep between runs; `npm run clean` removes it. */
export const cacheFolder = join(checkout, ".cache");
