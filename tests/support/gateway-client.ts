/** Who asks, and where. */
interface Caller {
  /** Host and port. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** A question to ENS, for clients that share no code with this package. */
export interface GatewayCall extends Caller {
  readonly bucketName?: string;
  readonly clientIp?: string;
}

/** What such a client was told. */
export type GatewayAnswer =
  | { readonly physicalBucketName: string; readonly endpoint: string; readonly requestId: string }
  | Refused;

/** A call of any action. */
export interface ActionCall extends Caller {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Whether they are sent as a form, where the client can do both. Default: in the query. */
  readonly inForm?: true;
}

/** What such a client was told. */
export type ActionAnswer = { readonly body: Readonly<Record<string, unknown>> } | Refused;

interface Refused {
  readonly code: string;
  readonly status?: number;
}

/** PrepareUpload by a client of any action. */
export async function prepareUpload(
  client: (call: ActionCall) => Promise<ActionAnswer>,
  { bucketName, clientIp, ...caller }: GatewayCall,
): Promise<GatewayAnswer> {
  const answer = await client({
    ...caller,
    action: "PrepareUpload",
    parameters: {
      ...(bucketName !== undefined ? { BucketName: bucketName } : {}),
      ...(clientIp !== undefined ? { ClientIp: clientIp } : {}),
    },
  });
  if ("code" in answer) return answer;
  const { BucketName, Endpoint, RequestId } = answer.body as Readonly<Record<string, string | undefined>>;
  return { physicalBucketName: BucketName ?? "", endpoint: Endpoint ?? "", requestId: RequestId ?? "" };
}
