import OSS from "ali-oss";
import type { OssClientOptions } from "../../provider";

/** Reads an object as any client of OSS does, with what a stack resolved. */
export async function readBack(
  key: string,
  options: OssClientOptions,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { ALICLOUD_ACCESS_KEY: accessKeyId = "", ALICLOUD_SECRET_KEY: accessKeySecret = "" } = env;
  const client = new OSS({ ...options, accessKeyId, accessKeySecret });
  return String((await client.get(key)).content);
}
