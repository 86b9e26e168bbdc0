/** What stands in the place of a secret. */
export const concealed = "[secret]";

/** A value that we put into an error or a line: nothing of it, where it is a secret. */
export function shownValue(value: string, secrets: ReadonlySet<string>): string {
  return secrets.has(value) ? concealed : value;
}

/** Shorter texts are no names, and are found inside of any word. */
const shortestName = 3;

/**
 * A text that somebody else wrote, such as a service, without the words that have a secret inside: `media-assets-3f9a1c`
 * says what `media-assets` is. Of a secret that is shorter than any name, only the words that are the secret itself.
 *
 * This is for foreign texts only. In a text of ours, the letters of a secret are there by chance, and taking them out
 * would spoil the text and tell what the secret is.
 */
export function wordsWithout(text: string, secrets: Iterable<string>): string {
  const pattern = patternOf(secrets);
  if (pattern === undefined) return text;
  let shown = "";
  let at = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index < at) continue;
    const [start, end] = wordAround(text, index, index + found.length, at);
    const isPartOfAnyWord = found.length < shortestName && end - start > found.length;
    if (isPartOfAnyWord) continue;
    shown += text.slice(at, start) + concealed;
    at = end;
  }
  return shown + text.slice(at);
}

/** Finds secrets in any case, also as URLs have them. The longest first: one may be part of another. */
function patternOf(secrets: Iterable<string>): RegExp | undefined {
  // Half of a character has no form in a URL.
  const inUrl = (secret: string) => encodeURIComponent(secret.replace(/\p{Cs}/gu, ""));
  const forms = [...secrets].flatMap((secret) => [secret, inUrl(secret)]);
  const sorted = [...new Set(forms)].filter(Boolean).sort((one, other) => other.length - one.length);
  if (sorted.length === 0) return undefined;
  return new RegExp(sorted.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
}

/** Where the word begins and ends that has a part from `start` to `end`; it does not begin before `least`. */
function wordAround(text: string, start: number, end: number, least: number): [start: number, end: number] {
  let [first, last] = [start, end];
  while (first > least && isOfWord(text[first - 1])) first -= 1;
  while (isOfWord(text[last])) last += 1;
  // What ends a sentence, or stands before a word, is not of it.
  while (first < start && !isLetter(text[first])) first += 1;
  while (last > end && !isLetter(text[last - 1])) last -= 1;
  return [first, last];
}

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_.:/@%+-]/u.test(character);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}
