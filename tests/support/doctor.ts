import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckName, Finding } from "../../cli/doctor/finding";
import type { Report } from "../../cli/doctor/report";
import { assertNoCanary, canaries, proxyUser } from "./canaries";
import { type EnsBehindTls, useEnsBehindTls } from "./ens-behind-tls";
import { oidcProvider } from "./oidc";
import { checkout } from "./paths";

/** The command, for Node. */
export const doctorCommand = [join(checkout, "dist", "cli", "main.js"), "doctor"] as const;

/** The one account of the doctor's ENS. */
export const doctorAccount = {
  accessKeyId: canaries.accessKeyId,
  accessKeySecret: canaries.accessKeySecret,
};

/** As a proxy's URL has a user and a password, and as the proxy knows them. */
export const proxyLogin = {
  inUrl: `${proxyUser}:${encodeURIComponent(canaries.proxyPassword)}`,
  user: { name: proxyUser, password: canaries.proxyPassword },
};

export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface DoctorRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `doctor` to its end. Whatever it finds, it prints no canary. */
export async function runDoctor(args: readonly string[], { cwd, env }: Surroundings): Promise<DoctorRun> {
  const child = spawn(process.execPath, [...doctorCommand, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  assertNoCanary({ stdout, stderr });
  return { code, stdout, stderr };
}

/** Runs `doctor --json`. */
export async function askDoctor(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<DoctorRun & { readonly report: Report }> {
  const run = await runDoctor([...args, "--json"], surroundings);
  return { ...run, report: JSON.parse(run.stdout) as Report };
}

/** Runs `doctor` twice, for its text, which is what `stdout` has, and for its JSON. */
export async function askDoctorTwice(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<DoctorRun & { readonly report: Report }> {
  const [text, json] = await Promise.all([runDoctor(args, surroundings), askDoctor(args, surroundings)]);
  if (text.code !== json.code) throw new Error(`as text ${text.code}, as JSON ${json.code}`);
  return { ...text, stderr: text.stderr + json.stderr, report: json.report };
}

export function find({ checks }: Report, name: CheckName): Finding {
  const found = checks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no check ${name}.`);
  return found;
}

/** What was printed, as if lines had no end. */
export function unwrapped(printed: string): string {
  return printed.replace(/\s+/g, " ");
}

/** `node ok, package ok, …` */
export function statuses({ checks }: Report): string {
  return checks.map(({ name, status }) => `${name} ${status}`).join(", ");
}

/** Where a test's doctor runs. */
export interface DoctorsPlace extends Surroundings {
  readonly env: Record<string, string>;
  readonly ens: EnsBehindTls;
  /** Sets ENS's clock apart from this machine's, in milliseconds. */
  setClock(offset: number): void;
  /** Puts ENS where only a proxy leads, by TLS. */
  behind(proxy: string): void;
  /** Writes what `aliyun configure` would. */
  writeProfiles(content: string): void;
  withoutKeys(): void;
}

/** A folder that is no project and an environment that has a healthy ENS, new for each test of a `describe`. */
export function useDoctorsPlace(): () => DoctorsPlace {
  let offset = 0;
  const ens = useEnsBehindTls({
    buckets: [
      { name: "media-assets", placements: [{ clientIps: "203.0.113.7", physicalBucketName: "media-near" }] },
      { name: "far-assets", physicalBucketName: "far-1", endpoint: "localhost:1" },
    ],
    accounts: [doctorAccount],
    roles: [
      { roleArn: "acs:ram::1:role/uploader" },
      { roleArn: "acs:ram::1:role/ci", oidcProviderArn: oidcProvider.arn },
    ],
    oidcProviders: [oidcProvider],
    clock: () => new Date(Date.now() + offset),
  });
  let root: string;
  let place: DoctorsPlace;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "ens-doctor-"));
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  beforeEach(() => {
    offset = 0;
    ens().emulator.setAccount(doctorAccount);
    ens().emulator.clearFaults();
    place = makePlace(mkdtempSync(join(root, "anywhere-")), ens(), (milliseconds) => {
      offset = milliseconds;
    });
  });
  return () => place;
}

function makePlace(cwd: string, ens: EnsBehindTls, setClock: (offset: number) => void): DoctorsPlace {
  const env: Record<string, string> = {
    // There is no Pulumi CLI, which outside of a project is a warning.
    PATH: "/nowhere",
    HOME: cwd,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ...ens.emulator.environment,
  };
  return {
    cwd,
    env,
    ens,
    setClock,
    behind: (proxy) => {
      env.HTTPS_PROXY = proxy;
      env.ALIBABA_CLOUD_ENDPOINT_ENS = ens.endpoint;
      env.NODE_EXTRA_CA_CERTS = ens.authority.file;
    },
    writeProfiles: (content) => {
      mkdirSync(join(cwd, ".aliyun"));
      writeFileSync(join(cwd, ".aliyun", "config.json"), content);
    },
    withoutKeys: () => {
      for (const name of ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"]) delete env[name];
    },
  };
}
