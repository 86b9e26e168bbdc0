/** Says a line to the user: Pulumi shows what the provider process writes on stdout as information on the stack. */
export function tell(line: string): void {
  console.log(line);
}
