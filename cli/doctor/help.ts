import { exitStatusHelp } from "../exit-status";

/** The words of `doctor --help` around its arguments and options. */
export const help = {
  description:
    "Looks at all that a deployment with pulumi-alicloud-ens needs, and ends with what is wrong and what to do: " +
    "the installation; every setting, with where it comes from; the credentials; the proxy, the endpoint and " +
    "the clock; whether the credentials may call PrepareUpload; the bucket, whether the credentials may manage it, and the " +
    "storage it is in.\n\n" +
    "Settings are read as in `pulumi up`: in a Pulumi project first from the configuration of the stack (by the " +
    "Pulumi CLI), then from the environment. An explicit Provider is not read, since only the program makes it. " +
    "Nothing is changed (only --write puts an object, and deletes it again), and no secret is printed. Without a bucket, " +
    "it asks ENS for one that nobody has: ENS says that there is no such bucket only to those who may ask. " +
    "docs/doctor.md, in this package, has more.",
  more: `
Checks, in the order of the report:
  node, package,      the versions of Node.js, of this package and of Pulumi's
  pulumi, sdk         CLI and SDK, and whether they are found from here
  configuration       which stack's configuration was read
  settings            whether they can be used
  credentials         which ones were found, whether their source gives keys, and
                      whether ENS accepts them
  proxy               which one is used, and whether it opens the way
  endpoint            whether ENS answers, with a trusted certificate
  clock               how far this machine's clock is wrong
  permission          whether the credentials may call PrepareUpload
  bucket              where it is
  management          whether the credentials may do what the resource Bucket does;
                      writes are tried with a bucket that nobody has
  storage             whether it answers there
  write               with --write: whether these credentials can put, read and
                      delete an object there, as BucketObject and BucketFolder do

JSON (--json), one object on stdout, whose keys docs/doctor.md has:
  version             of this package
  ok                  false when there is a problem
  checks              a list of { name, status, message }; status is "ok",
                      "warning", "problem" or "skipped". Warnings and problems
                      have remedy, which says what to do, and details, a list
                      of { title, lines }. What was measured is in numbers,
                      with the unit in the key: { durationMs: 84 }
  settings            a list of { name, from }, with value, valueMs or
                      valueSeconds; secrets have none of these
  target              where the bucket is: { bucketName, physicalBucketName,
                      endpoint, endpointUrl, requestId }

Environment:
  The variables of all settings (docs/settings.md); HTTPS_PROXY,
  HTTP_PROXY, NO_PROXY; NODE_EXTRA_CA_CERTS; NO_COLOR and FORCE_COLOR;
  for a stack's configuration all that the Pulumi CLI reads, such as
  PULUMI_CONFIG_PASSPHRASE.

${exitStatusHelp("nothing is wrong; there may be warnings", "there is a problem")}

Examples:
  $ npx pulumi-alicloud-ens doctor
  $ npx pulumi-alicloud-ens doctor media-assets --client-ip 203.0.113.7
  $ npx pulumi-alicloud-ens doctor media-assets --stack prod
  $ npx pulumi-alicloud-ens doctor media-assets --write
  $ npx pulumi-alicloud-ens doctor --json | jq '.checks[] | select(.status == "problem")'
`,
};
