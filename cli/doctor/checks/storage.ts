import type { Transport } from "../../../provider/ens/transport/exchange";
import { throughProxy } from "../../../provider/ens/transport/proxies";
import type { UploadTarget } from "../../../provider/lifecycle/upload-target";
import { bucketUrl } from "../../../provider/resource/bucket-url";
import { type Finding, ok, problem, warning } from "../finding";
import { probe } from "../probe";

/** Asks the storage for the bucket without credentials: any answer, even a refusal, shows that it can be reached. */
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
  const check = "Check the network and the proxy; the name of a new bucket works after about five minutes.";
  if (answer.kind === "failure") {
    const remedy = `This machine cannot reach ${url}${throughProxy(answer.proxy)}: ${answer.why}. ${here} ${check}`;
    return warningOrProblem("storage", `${url}: ${answer.why}`, remedy);
  }
  const { status, how, proxy } = answer;
  if (status < 500) return ok("storage", `${url} answers (status ${status}, ${how})`);
  const remedy = `${url}${throughProxy(proxy)} answers with status ${status}. Run the command again; if it fails again, ask Alibaba Cloud's support.`;
  return warning("storage", `${url} answers with status ${status}`, remedy);
}
