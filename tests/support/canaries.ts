import assert from "node:assert/strict";

/** Values that must never be found, each with a mark of its own and characters that encodings change. */
export const canaries = {
  accessKeyId: "CanaryKeyIdQ7",
  accessKeySecret: "canary+secret/Zq8&v=1",
  securityToken: "canary+token/Xw9&v=1==",
  proxyPassword: "canary:proxy@Rt5/v=1",
  /** In the query of a credentials URI. */
  uriSecret: "canaryUriSecretBn4",
  /** In files and answers that are malformed. */
  fileSecret: "canaryFileSecretLk6",
  /** Values of inputs. */
  trigger: "canaryTriggerHj2",
} as const;

export const proxyUser = "canary-proxy-user";

/** A value in every form that a log or a file may hold it in. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    encodeURIComponent(value),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
    JSON.stringify(value).slice(1, -1),
    // As Go's JSON writes it.
    value.replaceAll("&", "\\u0026"),
  ];
}

const forms = new Set(
  [...Object.values(canaries), `${proxyUser}:${canaries.proxyPassword}`].flatMap(formsOf),
);

/** Searches for every canary in every form. */
export function assertNoCanary(
  where: Readonly<Record<string, string>>,
  except: readonly string[] = [],
): void {
  const allowed = new Set(except.flatMap(formsOf));
  assertAbsent(
    [...forms].filter((form) => !allowed.has(form)),
    where,
  );
}

/** Searches for values as they are. */
export function assertAbsent(values: readonly string[], where: Readonly<Record<string, string>>): void {
  const found = Object.entries(where).flatMap(([place, text]) =>
    values
      .filter((value) => text.includes(value))
      .map((value) => `${value} in ${place}: …${around(text, value)}…`),
  );
  assert.deepEqual(found, []);
}

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 100), at + form.length + 50);
}
