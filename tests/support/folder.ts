import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder for one test. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "ens-folder-")));

  /** @returns the path of the file */
  write(name: string, content: string | Buffer = name): string {
    const path = this.make(dirname(name), name);
    writeFileSync(path, content);
    return path;
  }

  /** Makes a folder in it. @returns the path of `name` */
  make(folder: string, name = folder): string {
    mkdirSync(join(this.path, folder), { recursive: true });
    return join(this.path, name);
  }

  /** Makes a FIFO in it. */
  makeFifo(name: string): void {
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(this.path, name)]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
