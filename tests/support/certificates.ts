import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** What a TLS server shows. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** An authority that no machine trusts by itself, as companies have them. */
export class Authority {
  /** The file of its certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
  readonly #folder: string;
  readonly #identity: Identity;

  private constructor(identity: Identity) {
    this.#identity = identity;
    this.#folder = mkdtempSync(join(tmpdir(), "ens-authority-"));
    this.file = join(this.#folder, "authority.pem");
    writeFileSync(this.file, identity.cert);
  }

  static async create(): Promise<Authority> {
    const made = await generate([{ name: "commonName", value: "Authority of a test" }], {
      keyType: "ec",
      algorithm: "sha256",
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, critical: true },
      ],
    });
    return new Authority({ key: made.private, cert: made.cert });
  }

  /** Signs for a host, from a day on for two days. */
  async sign(host: string, from = new Date(Date.now() - day)): Promise<Identity> {
    const made = await generate([{ name: "commonName", value: host }], {
      keyType: "ec",
      algorithm: "sha256",
      notBeforeDate: from,
      notAfterDate: new Date(from.getTime() + 2 * day),
      ca: this.#identity,
      extensions: [
        {
          name: "subjectAltName",
          altNames: [isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }],
        },
      ],
    });
    return { key: made.private, cert: made.cert };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

const day = 24 * 3_600_000;
