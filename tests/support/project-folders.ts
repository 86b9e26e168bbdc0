import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Folders outside the checkout, whose node_modules would lend what a project forgot to ask for. */
export interface ProjectFolders {
  /** The folder that they are in. */
  root(): string;
  /** A new folder with these files. */
  folder(name: string, files?: Readonly<Record<string, string>>): string;
  /** Puts a link to a package into the node_modules of a folder. */
  link(folder: string, name: string, target: string): void;
}

/** Folders for the projects of a `describe`, removed after it. */
export function useProjectFolders(): ProjectFolders {
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "ens-projects-"));
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  return {
    root: () => root,
    folder(name, files = {}) {
      const folder = join(root, name);
      mkdirSync(folder);
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      return folder;
    },
    link(folder, name, target) {
      const path = join(folder, "node_modules", name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(target, path, "dir");
    },
  };
}
