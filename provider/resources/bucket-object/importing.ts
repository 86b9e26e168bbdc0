import { createHash } from "node:crypto";
import { EnsError, withDocsLink } from "../../ens/errors";
import { headObject } from "../../eos/actions/head-object";
import { defined } from "../../lifecycle/defined";
import { bucketAndRest, readImportId } from "../../lifecycle/import-id";
import type { Call, Importing } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { placeOf } from "../../lifecycle/place-of";
import { assetKey, assetSignature } from "./asset";
import { withContent } from "./content-of";
import { nameOf, subjectOf } from "./name-of";
import type { BucketObjectInputs, BucketObjectState } from "./properties";
import { stateOf } from "./state-of";

export const importing: Importing<BucketObjectInputs, BucketObjectState> = {
  example: "media-assets/logo.png?source=logo.png",
  inputs(text, given) {
    const { id, given: rest } = readImportId(text);
    const { bucketName, rest: key } = bucketAndRest(id);
    const path = rest.get("source");
    const source = path === undefined ? undefined : { [assetKey]: assetSignature, path };
    return defined({ bucketName, key, source, ...given });
  },
  id: nameOf,
  state: takeOver,
};

/** The state of an object that is there already, made of a file. Where that is another content, an update puts it. */
async function takeOver(inputs: BucketObjectInputs, call: Call): Promise<BucketObjectState> {
  const { bucketName, key, source, content } = inputs;
  const file = await withContent(inputs, call, async ({ size, md5 = "", open }) => {
    const hash = createHash("sha256");
    for await (const chunk of open()) hash.update(chunk);
    const sourceHash = source && hash.digest("hex");
    return { size, etag: Buffer.from(md5, "base64").toString("hex"), sourceHash };
  });
  const place = await namingNearest(() => placeOf(bucketName, call), call);
  const seen = await call.objects.call(headObject, { ...place, key });
  if (seen === undefined) {
    const what = `There is no ${subjectOf(inputs, call)}, so it cannot be imported.`;
    const remedy = "Leave the import out: `pulumi up` makes it.";
    throw new EnsError(withDocsLink({ what, remedy }, "noSuchObject"));
  }
  return stateOf(seen, { ...defined({ bucketName, key, content, ...file }), contentType: "" });
}
