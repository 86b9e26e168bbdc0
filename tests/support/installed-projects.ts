import { packTarball } from "./package-managers";
import type { ProjectFolders } from "./project-folders";
import { useProjectFolders } from "./project-folders";

/** What programs in tests install beside this package, unless they say otherwise. */
const sdkVersion: string = require("@pulumi/pulumi/package.json").version;

/** Folders of projects that install this package. */
export interface InstalledProjects extends Pick<ProjectFolders, "folder"> {
  /** The path of this package's tarball. */
  tarball(): string;
  /** A package.json that depends on this package's tarball, on the SDK, and on `dependencies`. */
  manifest(fields: object, dependencies?: Readonly<Record<string, string>>): string;
  /** The same without this package. */
  programManifest(dependencies: Readonly<Record<string, string>>): string;
}

/** Folders for the projects of a `describe`, removed after it. */
export function useInstalledProjects(): InstalledProjects {
  const { root, folder } = useProjectFolders();
  let packed = "";
  before("the tarball", async () => {
    packed = await packTarball(root());
  });
  return {
    folder,
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
