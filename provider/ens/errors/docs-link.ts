/**
 * A message that ends with where more about it stands: on a page installed with the package, so of the same version. A
 * message made of another error's has the link already.
 */
export function withDocsLink(message: string, section: string): string {
  const link = `Docs: pulumi-alicloud-ens/docs/errors.md#${section.toLowerCase()}`;
  return message.endsWith(link) ? message : `${message} ${link}`;
}
