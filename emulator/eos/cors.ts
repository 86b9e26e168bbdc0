import type { Reply } from "../answer";
import { Refusal } from "../refusal";
import type { Bytes } from "./bytes";
import type { ObjectRequestHead } from "./object-request";
import { malformedXml, parseXml } from "./parse-xml";
import type { KeyedRequest } from "./single-objects";
import { checkDigest } from "./single-objects";
import { xml } from "./xml";

interface CorsRule {
  readonly AllowedOrigin: readonly string[];
  readonly AllowedMethod: readonly string[];
  readonly AllowedHeader?: readonly string[];
  readonly ExposeHeader?: readonly string[];
  readonly MaxAgeSeconds?: string;
}

const lists = ["CORSRule", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader"];
const methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

/** Which pages of other origins may use a bucket; none, until it is given rules. Kept in memory. */
export class Cors {
  readonly #rules = new Map<string, readonly CorsRule[]>();

  put(request: KeyedRequest): Reply {
    checkDigest(request);
    this.#rules.set(request.bucket, parseRules(request.body));
    return { status: 200 };
  }

  get({ bucket }: KeyedRequest): Reply {
    const rules = this.#rules.get(bucket);
    if (rules === undefined) {
      throw new Refusal("NoSuchCORSConfiguration", 404, "The CORS Configuration does not exist.");
    }
    return xml(200, "CORSConfiguration", { CORSRule: rules });
  }

  delete({ bucket }: KeyedRequest): Reply {
    this.#rules.delete(bucket);
    return { status: 204 };
  }

  /** What a browser asks before it sends a page's request to another origin; `headers` has the answer. */
  preflight(request: ObjectRequestHead): Reply {
    if (this.#match(request) !== undefined) return { status: 200 };
    throw new Refusal(
      "AccessForbidden",
      403,
      this.#rules.has(request.bucket ?? "")
        ? "CORSResponse: This CORS request is not allowed: no rule of the bucket has its origin, method and headers."
        : "CORSResponse: CORS is not enabled for this bucket.",
    );
  }

  /** What the answer to a request tells the browser. */
  headers(request: ObjectRequestHead): Readonly<Record<string, string>> {
    const rule = this.#match(request);
    if (rule === undefined) return {};
    const { origin = "", "access-control-request-headers": asked } = request.headers;
    return {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": methodOf(request),
      ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
      ...(rule.ExposeHeader === undefined
        ? {}
        : { "access-control-expose-headers": rule.ExposeHeader.join(", ") }),
      ...(rule.MaxAgeSeconds === undefined ? {} : { "access-control-max-age": rule.MaxAgeSeconds }),
      vary: "Origin",
    };
  }

  #match(request: ObjectRequestHead): CorsRule | undefined {
    const { origin, "access-control-request-headers": asked = "" } = request.headers;
    if (origin === undefined) return undefined;
    const names = asked
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean);
    return this.#rules
      .get(request.bucket ?? "")
      ?.find(
        ({ AllowedOrigin, AllowedMethod, AllowedHeader = [] }) =>
          AllowedOrigin.some((pattern) => fits(pattern, origin)) &&
          AllowedMethod.includes(methodOf(request)) &&
          names.every((name) => AllowedHeader.some((pattern) => fits(pattern.toLowerCase(), name))),
      );
  }
}

/** The method that is asked about, or that the request has. */
function methodOf({ method, headers }: ObjectRequestHead): string {
  return method === "OPTIONS" ? (headers["access-control-request-method"] ?? "") : method;
}

/** Whether a text is the pattern's, in which one asterisk stands for anything. */
function fits(pattern: string, text: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return text === pattern;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function parseRules(body: Bytes): readonly CorsRule[] {
  const parsed = parseXml(body, ...lists) as {
    readonly CORSConfiguration?: { readonly CORSRule?: readonly Partial<CorsRule>[] };
  };
  const rules = parsed.CORSConfiguration?.CORSRule ?? [];
  if (rules.length === 0) throw malformedXml();
  if (rules.length > 10) throw invalid("A bucket has at most 10 CORS rules.");
  return rules.map(checked);
}

function checked(rule: Partial<CorsRule>): CorsRule {
  const { AllowedOrigin, AllowedMethod, AllowedHeader = [], MaxAgeSeconds = "0" } = rule;
  if (AllowedOrigin === undefined || AllowedMethod === undefined) throw malformedXml();
  if (!AllowedMethod.every((method) => methods.includes(method))) {
    throw invalid(`AllowedMethod must be one of ${methods.join(", ")}.`);
  }
  if ([...AllowedOrigin, ...AllowedHeader].some((pattern) => pattern.split("*").length > 2)) {
    throw invalid("An origin or a header has at most one asterisk.");
  }
  if (!/^\d{1,9}$/.test(MaxAgeSeconds)) throw invalid("MaxAgeSeconds must be a whole number.");
  return { ...rule, AllowedOrigin, AllowedMethod };
}

function invalid(message: string): Refusal {
  return new Refusal("InvalidArgument", 400, message);
}
