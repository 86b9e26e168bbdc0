/**
 * Ends a message with a link to more about it: a page that is installed with the package, so of the same version. A
 * message made from another error's has the link already.
 */
export function withDocsLink(message: string, section: string): string {
  const link = `Docs: pulumi-alicloud-ens/docs/errors.md#${section.toLowerCase()}`;
  return message.endsWith(link) ? message : `${message} ${link}`;
}

/** A message with a sentence more, before the link. */
export function withSentence(message: string, sentence: string): string {
  const [link = ""] = / Docs: \S+$/.exec(message) ?? [];
  return `${message.slice(0, message.length - link.length)} ${sentence}${link}`;
}

/** A message to say within another, which has its own link. */
export function withoutDocsLink(message: string): string {
  return message.replace(/ Docs: pulumi-alicloud-ens\/docs\/errors\.md#\w+$/, "");
}
