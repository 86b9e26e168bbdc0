import type { Transport } from "../../../provider/ens/transport/exchange";
import { throughProxy } from "../../../provider/ens/transport/proxies";
import type { UploadTarget } from "../../../provider/lifecycle/upload-target";
import { bucketUrl } from "../../../provider/resource/bucket-url";
import { type Finding, ok, problem, warning } from "../finding";
import { probe } from "../probe";

/** What answers to a request without credentials mean, where nothing is wrong. */
const fine: Readonly<Record<number, string>> = {
  200: "everybody may list this bucket",
  401: "this request has no credentials",
  403: "this request has no credentials",
};

/** Asks the storage for the bucket without credentials: even a refusal shows that it can be reached. */
export async function checkStorage(
  target: UploadTarget,
  /** Whether another machine than this one will upload. */
  isForOthers: boolean,
  transport: Transport,
  timeout: number,
): Promise<Finding> {
  const url = bucketUrl(target);
  const answer = await probe(url, { method: "HEAD" }, transport, timeout);
  const warningOrProblem = isForOthers ? warning : problem;
  const here = isForOthers
    ? "Only the client can find out whether it can reach it."
    : "Uploads from here would fail.";
  const check = "Check the network and the proxy; the name of a new bucket works after about five minutes";
  if (answer.kind === "failure") {
    const { why, proxy, remedy = check } = answer;
    const what = `This machine cannot reach ${url}${throughProxy(proxy)}: ${why}. ${here}`;
    return warningOrProblem("storage", `${url}: ${why}`, [what, `${remedy}.`]);
  }
  const { status, how, proxy, durationMs } = answer;
  const numbers = { httpStatus: status, durationMs };
  const why = fine[status];
  if (why !== undefined)
    return ok("storage", `${url} answers (status ${status}, ${how}), which is right: ${why}`, { numbers });
  const way = `${url}${throughProxy(proxy)}`;
  if (status === 404) {
    const remedy = `ENS knows the bucket, and ${way}, which holds its objects, does not. That can last five minutes after the bucket was made. Run the command again later.`;
    return warning("storage", `${url} does not know the bucket (status ${status})`, remedy, { numbers });
  }
  const next =
    status >= 500
      ? "Run the command again; if it fails again, ask Alibaba Cloud's support."
      : "An object storage does not answer so, so something else may answer in its place. Check the network and the proxy.";
  const remedy = `${way} answers with status ${status}. ${next}`;
  return warning("storage", `${url} answers with status ${status}`, remedy, { numbers });
}
