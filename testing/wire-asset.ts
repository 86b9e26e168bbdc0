import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { asset } from "@pulumi/pulumi";
import { archiveSignature, assetKey, assetSignature } from "../provider/resources/bucket-object/asset";

/** An asset or an archive as the engine passes it to a provider: with the hash of its content, where that is at hand. */
export async function wireAsset(
  value: asset.Asset | asset.Archive,
): Promise<Readonly<Record<string, unknown>>> {
  if ("__pulumiArchive" in value) return { [assetKey]: archiveSignature };
  // Pulumi makes promises of what a program gave.
  const parts: Readonly<Record<string, unknown>> = { ...value };
  const [path, text, uri] = await Promise.all([parts.path, parts.text, parts.uri]);
  const content = typeof path === "string" ? await readFile(path) : String(text ?? uri);
  const hash = createHash("sha256").update(content).digest("hex");
  return { [assetKey]: assetSignature, hash, path, text, uri };
}
