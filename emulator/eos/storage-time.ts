/** A time as the object storage writes it in XML: whole seconds, which the vendor's Python SDK relies on. */
export function storageTime(iso: string): string {
  return iso.replace(/\.\d+Z$/, ".000Z");
}
