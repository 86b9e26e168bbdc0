import { type Endpoint, endpointUrl } from "./endpoint";

/** How far this machine's clock is ahead of the service's, in seconds; `undefined` when the service does not say. */
export async function clockSkew(endpoint: Endpoint): Promise<number | undefined> {
  try {
    const response = await fetch(endpointUrl(endpoint), {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(3000),
    });
    const theirs = Date.parse(response.headers.get("date") ?? "");
    return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / 1000);
  } catch {
    return undefined;
  }
}
