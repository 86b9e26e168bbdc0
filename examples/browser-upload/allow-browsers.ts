import OSS from "ali-oss";
import { readSettings, type Settings } from "./settings";

/** Lets the page's origin send parts to every bucket of the stack: `npm run allow-browsers`, once. */
async function allowBrowsers({ sites, anywhere, keys, origin }: Settings): Promise<void> {
  for (const options of [anywhere, ...sites.map(({ ossOptions }) => ossOptions)]) {
    await new OSS({ ...options, ...keys } as OSS.Options).putBucketCORS(options.bucket, [
      {
        allowedOrigin: origin,
        allowedMethod: "PUT",
        exposeHeader: "x-oss-request-id",
        maxAgeSeconds: "3600",
      },
    ]);
    console.log(`${options.bucket} takes uploads from pages of ${origin}.`);
  }
}

Promise.resolve()
  .then(() => allowBrowsers(readSettings(process.env)))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
