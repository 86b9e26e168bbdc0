/** Says where more about an error stands: on a page that is installed with the package, so of the same version. */
export function explained(message: string, section: string): string {
  return `${message} Docs: pulumi-alicloud-ens/docs/errors.md#${section.toLowerCase()}`;
}
