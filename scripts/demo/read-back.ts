import { runChild } from "../../tools/pulumi-cli/child";

/** Runs the consumer's own uploader, which compares what it reads back; gives the object's URL. */
export async function upload(
  file: string,
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string; readonly signal: AbortSignal },
): Promise<string> {
  const transpile = require.resolve("ts-node/register/transpile-only");
  const output = await runChild(process.execPath, ["-r", transpile, "upload.ts", file], options);
  const url = /https?:\S+/.exec(output)?.[0];
  if (url === undefined) throw new Error(`The uploader printed no URL: ${output}`);
  return url;
}
