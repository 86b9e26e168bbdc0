import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home folder with nothing in it, another for each test. */
export function useHome(): () => string {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "ens-home-"));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  return () => home;
}
