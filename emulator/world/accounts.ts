import type { EmulatorAccount } from "../options";
import { requirePolicy } from "./policy";

/** What can be wrong with the token that came with a key, or with its absence. */
export type TokenProblem =
  /** A temporary key came without its token. */
  | "missing"
  /** A token came with a key that is not temporary. */
  | "unexpected"
  /** It is not the token of this key. */
  | "different"
  | "expired";

/** The account of keys that name none. */
const commonAccountId = "1000000000000000";

/** The account that a key belongs to; that of a call without a key is the same as that of a key that names none. */
export function accountIdOf(account: EmulatorAccount | undefined): string {
  return account?.accountId ?? commonAccountId;
}

/** Whether what belongs to an account, or to every one, belongs to that of a key. */
export function isOwnedBy(
  { accountId }: { readonly accountId?: string },
  account: EmulatorAccount | undefined,
): boolean {
  return accountId === undefined || accountId === accountIdOf(account);
}

/** The access keys that the emulator knows. */
export class Accounts {
  readonly #byKey = new Map<string, EmulatorAccount>();
  readonly #now: () => Date;

  constructor(accounts: readonly EmulatorAccount[], now: () => Date) {
    this.#now = now;
    for (const account of accounts) this.set(account);
  }

  get first(): EmulatorAccount | undefined {
    const [first] = this.#byKey.values();
    return first;
  }

  find(accessKeyId: string): EmulatorAccount | undefined {
    return this.#byKey.get(accessKeyId);
  }

  /** Adds an account, or changes the one with the same access key. */
  set(account: EmulatorAccount): void {
    if (account.policy !== undefined) requirePolicy(account.policy);
    this.#byKey.set(account.accessKeyId, account);
  }

  tokenProblem(
    { securityToken, expires }: EmulatorAccount,
    given: string | undefined,
  ): TokenProblem | undefined {
    if (securityToken === undefined) return given === undefined ? undefined : "unexpected";
    if (given === undefined) return "missing";
    if (given !== securityToken) return "different";
    return expires !== undefined && expires <= this.#now() ? "expired" : undefined;
  }

  /** Whether a token is that of any account. */
  knowsToken(securityToken: string | undefined): boolean {
    return [...this.#byKey.values()].some((account) => account.securityToken === securityToken);
  }
}
