/** What a RAM policy says of actions. */
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Refuses what is no RAM policy. */
export function requirePolicy(policy: string): void {
  statementsOf(policy);
}

/** Whether a RAM policy allows an action such as `ens:PutBucket` on all resources: ENS knows no single ones. */
export function allows(policy: string, action: string): boolean {
  const effects = statementsOf(policy)
    .filter(({ Action, Resource }) => includes(Action, action) && [Resource].flat().includes("*"))
    .map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function statementsOf(policy: string): readonly Statement[] {
  const { Statement: statements } = parse(policy);
  if (Array.isArray(statements) && statements.length > 0 && statements.every(isStatement)) return statements;
  throw new Error(
    `policy should be a RAM policy as JSON, {"Version":"1","Statement":[…]}, got ${JSON.stringify(policy)}.`,
  );
}

function parse(policy: string): { readonly Statement?: unknown } {
  try {
    return JSON.parse(policy) ?? {};
  } catch {
    return {};
  }
}

function isStatement(value: unknown): value is Statement {
  const { Effect, Action, Resource } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (Effect === "Allow" || Effect === "Deny") && isTexts(Action) && isTexts(Resource);
}

function isTexts(value: unknown): boolean {
  return [value].flat().every((one) => typeof one === "string");
}

/** Whether one of some patterns fits: `ens:*` all actions of ENS, `ens:Get*` those that begin so. */
function includes(patterns: string | readonly string[], action: string): boolean {
  return [patterns].flat().some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[^\w:-]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(action);
  });
}
