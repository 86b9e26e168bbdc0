/** What an error says. Each is a line of its own in the message; the link to more is the last. */
export interface Explanation {
  /** What went wrong: what was asked, for which bucket, the code, the request id. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Makes the message of an error: what went wrong, what to do, and a link to a page that is installed with the package, so
 * of the same version. A text made of the messages of others may have the link already.
 */
export function withDocsLink(message: string | Explanation, section: string): string {
  const text = typeof message === "string" ? message : `${message.what}\n${message.remedy}`;
  const link = `Docs: pulumi-alicloud-ens/docs/errors.md#${section.toLowerCase()}`;
  return text.includes(link) ? text : `${text}\n${link}`;
}

const linkAtEnd = /\nDocs: pulumi-alicloud-ens\/docs\/errors\.md#\w+$/;

/** A message to say within another, which has its own link. */
export function withoutDocsLink(message: string): string {
  return message.replace(linkAtEnd, "");
}

/** What a message says, for one that goes on from it. */
export function explanationOf(message: string): Explanation {
  const [what = "", ...remedy] = withoutDocsLink(message).split("\n");
  return { what, remedy: remedy.join("\n") };
}

/** A message with a sentence more, before the link. */
export function withSentence(message: string, sentence: string): string {
  const [link = ""] = linkAtEnd.exec(message) ?? [];
  return `${withoutDocsLink(message)} ${sentence}${link}`;
}
