import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary folder for bytes that are too many for memory. It is made by the first, and removed with all of them. */
export class Spool {
  #folder: string | undefined;
  #files = 0;
  readonly #atExit = () => this.#remove();

  /** The path of a file that is not there yet. */
  newFile(): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), "ens-emulator-"));
      // For a process that ends without stopping its emulator.
      process.once("exit", this.#atExit);
    }
    this.#files += 1;
    return join(this.#folder, String(this.#files));
  }

  /** Removes what is kept. */
  close(): void {
    process.off("exit", this.#atExit);
    this.#remove();
  }

  #remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
