import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packTarball } from "./package-managers";

/** What programs in tests install beside this package, unless they say otherwise. */
const sdkVersion: string = require("@pulumi/pulumi/package.json").version;

/** Folders outside the checkout, whose node_modules would lend what a project forgot to ask for. */
export interface InstalledProjects {
  /** A new folder with these files. */
  folder(name: string, files: Readonly<Record<string, string>>): string;
  /** The path of this package's tarball. */
  tarball(): string;
  /** A package.json that depends on this package's tarball, on the SDK, and on `dependencies`. */
  manifest(fields: object, dependencies?: Readonly<Record<string, string>>): string;
  /** The same without this package. */
  programManifest(dependencies: Readonly<Record<string, string>>): string;
}

/** Folders for the projects of a `describe`, removed after it. */
export function useInstalledProjects(): InstalledProjects {
  let root = "";
  let packed = "";
  before("the tarball", async () => {
    root = mkdtempSync(join(tmpdir(), "ens-installed-"));
    packed = await packTarball(root);
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  return {
    folder(name, files) {
      const folder = join(root, name);
      mkdirSync(folder);
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      return folder;
    },
    tarball: () => packed,
    manifest(fields, dependencies = {}) {
      return manifest(fields, { "pulumi-alicloud-ens": `file:${packed}`, ...dependencies });
    },
    programManifest: (dependencies) => manifest({ main: "index.js" }, dependencies),
  };
}

function manifest(fields: object, dependencies: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    private: true,
    name: "program",
    version: "1.0.0",
    ...fields,
    dependencies: { "@pulumi/pulumi": sdkVersion, ...dependencies },
  });
}
