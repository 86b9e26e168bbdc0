const mostBytes = 1023;

/** What is wrong with an object's key, to follow "a key": nothing, where EOS takes it. */
export function keyMistake(key: string): string | undefined {
  if (key === "") return "is not empty";
  if (/^[/\\]/.test(key)) return 'does not begin with "/" or "\\"';
  // Half of a surrogate pair has no form in UTF-8.
  if (/\p{Cs}/u.test(key)) return "is valid Unicode";
  return Buffer.byteLength(key) > mostBytes ? `has at most ${mostBytes} bytes` : undefined;
}
