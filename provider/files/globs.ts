import picomatch from "picomatch";

/** A pattern for names. Its `*` takes names with a dot in front too, since a folder's files are all files. */
export interface Glob {
  readonly text: string;
  /** @param name - A file's name relative to the folder, with `/`. */
  matches(name: string): boolean;
  /** Whether it stands for everything in a folder: `tmp`, `tmp/**`. */
  covers(folder: string): boolean;
  /** Whether one of its parts between slashes has this text in it and matches this part of a name: `*` names nothing. */
  names(part: string, text: string): boolean;
}

const rules: picomatch.PicomatchOptions = {
  dot: true,
  // Names have `/` on every system, and `\` makes the next character a plain one.
  windows: false,
  nonegate: true,
  keepQuotes: true,
  // A name may have a line break.
  flags: "s",
};

const strict: picomatch.PicomatchOptions = { ...rules, strictBrackets: true, strictSlashes: true };

const globs = new Map<string, Glob>();

/** @throws Error where the text has a mistake, which `globMistake` tells. */
export function globOf(text: string): Glob {
  const known = globs.get(text);
  if (known !== undefined) return known;
  const made = compile(text);
  globs.set(text, made);
  return made;
}

function compile(text: string): Glob {
  const isFile = picomatch(text, strict);
  const isFolder = picomatch(text, rules);
  const parts = text
    .split("/")
    .filter((part) => part !== "" && part !== "**")
    .map((part) => ({ text: part.toLowerCase(), isMatch: picomatch(part, rules) }));
  return {
    text,
    matches: (name) => isFile(name),
    covers: (folder) => isFolder(folder),
    names: (part, literal) => parts.some((own) => own.text.includes(literal) && own.isMatch(part)),
  };
}

/** What is wrong with a pattern, to follow "expected a glob": nothing, where it can match a file's name. */
export function globMistake(text: string): string | undefined {
  if (text === "") return "that is not empty";
  if (text.startsWith("/")) return 'that is relative to the folder, without "/" at the beginning';
  if (text.endsWith("/")) return `that matches files: those of a folder are ${JSON.stringify(`${text}**`)}`;
  if (text.split("/").includes("..")) return 'inside the folder, without ".."';
  if (/^!(?!\()/.test(text))
    return 'without "!" at its beginning: include says what is meant, and exclude what is not';
  if (/(?<!\\)(\\\\)*\\$/.test(text))
    return 'without "\\" at its end: it makes the next character a plain one';
  try {
    picomatch(text, strict);
    return undefined;
  } catch (error) {
    const [, bracket] =
      /Missing (?:opening|closing): "(.)"/.exec(error instanceof Error ? error.message : "") ?? [];
    if (bracket === undefined) return "of fewer characters and brackets";
    return `that has its brackets in pairs: one for ${JSON.stringify(bracket)} is missing, and "\\" makes one a plain character`;
  }
}
