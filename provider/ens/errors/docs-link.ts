/**
 * Ends a message with a link to more about it: a page that is installed with the package, so of the same version. A
 * message made from another error's has the link already.
 */
export function withDocsLink(message: string, section: string): string {
  const link = `Docs: pulumi-alicloud-ens/docs/errors.md#${section.toLowerCase()}`;
  return message.endsWith(link) ? message : `${message} ${link}`;
}

const linkAtEnd = / Docs: pulumi-alicloud-ens\/docs\/errors\.md#\w+$/;

/** A message to say within another, which has its own link. */
export function withoutDocsLink(message: string): string {
  return message.replace(linkAtEnd, "");
}

/** A message with a sentence more, before the link. */
export function withSentence(message: string, sentence: string): string {
  const [link = ""] = linkAtEnd.exec(message) ?? [];
  return `${withoutDocsLink(message)} ${sentence}${link}`;
}
