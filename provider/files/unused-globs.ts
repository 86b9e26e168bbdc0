import { globOf } from "./globs";
import { guardedName } from "./guarded-names";
import type { FoundFiles, Selection } from "./walk-folder";

/** Globs that no name fits, and so are probably misspelt. */
export interface UnusedGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export function unusedGlobs({ include = [], exclude }: Selection, walked: FoundFiles): UnusedGlobs {
  const { names, leftOut, faults, excluding } = walked;
  const others = [...leftOut, ...faults.map(({ name }) => name)];
  return {
    include: textsOf(include.filter((glob) => !names.some(glob.matches) && !others.some(glob.matches))),
    // What is left out in any case may be there on another machine.
    exclude: textsOf(exclude.filter((glob) => !excluding.has(glob) && !guardedName(glob.text, []))),
  };
}

/** Those of globs, given by their texts, that none of the names fits. */
export function globsWithout(names: readonly string[], texts: readonly string[]): readonly string[] {
  const globs = [...new Set(texts)].map(globOf);
  return textsOf(globs.filter((glob) => !names.some(glob.matches)));
}

function textsOf(globs: readonly { readonly text: string }[]): readonly string[] {
  return [...new Set(globs.map(({ text }) => text))];
}
