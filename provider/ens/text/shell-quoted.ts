/**
 * A text as one word of a command, for remedies: as it is where that is one word, else in quotes. For a text that cannot be
 * shown on one line, or that has the backticks which a message puts around a command, `placeholder` stands.
 */
export function shellQuoted(text: string, placeholder: string, platform = process.platform): string {
  if (text === "" || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/u.test(text)) return placeholder;
  // The shells of Windows know double quotes alone, and take a backslash for itself.
  if (platform === "win32") return /^[\w@%+=:,./\\-]+$/.test(text) ? text : `"${text}"`;
  return /^[\w@%+=:,./^-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
