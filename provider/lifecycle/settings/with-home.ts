import { homedir } from "node:os";

/** A path as a user writes it: `~/` is the home folder. */
export function withHome(path: string): string {
  return path.replace(/^~(?=\/)/, () => homedir());
}
