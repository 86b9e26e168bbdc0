/** Whether a switch of the vendor's tools, an environment variable, is on. */
export function isOn(variable: string): boolean {
  return /^true$/i.test(process.env[variable] ?? "");
}
