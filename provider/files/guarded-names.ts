import type { Glob } from "./globs";

/** A part of a name that nobody means to put into a bucket, and the text in it that tells so. */
interface Guard {
  readonly text: string;
  readonly test: (part: string) => boolean;
  /** Whether the user hears of it. What systems litter folders with is not worth a word. */
  readonly isTold: boolean;
}

const guards: readonly Guard[] = [
  ...[".ds_store", "thumbs.db"].map((text) => whole(text, false)),
  ...[".git", ".hg", ".svn"].map((text) => whole(text)),
  ...[".npmrc", ".netrc", ".pypirc", ".ssh", ".aws", ".aliyun"].map((text) => whole(text)),
  { text: ".env", test: (part) => part.startsWith(".env"), isTold: true },
  ...["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"].map((text) => ({
    text,
    test: (part: string) => part.startsWith(text) && !part.endsWith(".pub"),
    isTold: true,
  })),
  ...[".pem", ".key", ".p12", ".pfx", ".ppk", ".jks", ".keystore"].map((text) => ({
    text,
    test: (part: string) => part.endsWith(text),
    isTold: true,
  })),
];

function whole(text: string, isTold = true): Guard {
  return { text, test: (part) => part === text, isTold };
}

/** A name, or a part of it, that is left out. */
export interface GuardedName {
  /** The name up to the first part that is guarded. */
  readonly name: string;
  readonly isTold: boolean;
}

/**
 * What of a name is guarded, unless one of the patterns asks for it: it matches the name and has in it what tells that the
 * name is guarded. `.env.example` and `certs/*.pem` ask; `**` does not.
 */
export function guardedName(name: string, include: readonly Glob[]): GuardedName | undefined {
  return found(name, (parts) => include.some((glob) => glob.matches(name) && namesAll(glob, parts)));
}

/** The same for a folder: a pattern may ask for files in it. */
export function guardedFolder(name: string, include: readonly Glob[]): GuardedName | undefined {
  return found(name, (parts) => include.some((glob) => namesAll(glob, parts)));
}

interface GuardedPart {
  readonly index: number;
  readonly part: string;
  readonly guard: Guard;
}

function found(
  name: string,
  isAskedFor: (parts: readonly GuardedPart[]) => boolean,
): GuardedName | undefined {
  const lower = name.toLowerCase();
  // Most names are decided by this.
  if (!guards.some(({ text }) => lower.includes(text))) return undefined;
  const parts = name.split("/");
  const guarded = parts.flatMap((part, index): GuardedPart[] => {
    const guard = guards.find(({ test }) => test(part.toLowerCase()));
    return guard === undefined ? [] : [{ index, part, guard }];
  });
  const [first] = guarded;
  if (first === undefined || isAskedFor(guarded)) return undefined;
  return { name: parts.slice(0, first.index + 1).join("/"), isTold: first.guard.isTold };
}

function namesAll(glob: Glob, parts: readonly GuardedPart[]): boolean {
  return parts.every(({ part, guard }) => glob.names(part, guard.text));
}
