import type { PreparedUploadAnswer } from "../../ens/actions/prepare-upload";
import { prepareUpload } from "../../ens/actions/prepare-upload";
import { hasReason } from "../../ens/errors";
import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import { changedInputs, isOfAnotherBucket } from "../../lifecycle/changed-inputs";
import { checkBucketName, checkClientIp, checkTriggers } from "../../lifecycle/checks";
import type { Call, Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { made } from "./made";
import { tellMove } from "./tell-move";
import { warnings } from "./warnings";

/** What the program gave, with every output resolved. */
export interface PreparedUploadInputs {
  readonly bucketName: string;
  readonly clientIp?: string;
  readonly triggers?: readonly unknown[];
}

/** What state holds. */
export interface PreparedUploadState extends PreparedUploadInputs, Omit<PreparedUploadAnswer, "requestId"> {
  /** A look-up has none: it would be another at every preview and up, and so would all that is made from it. */
  readonly requestId?: string;
}

export const preparedUpload: Lifecycle<PreparedUploadInputs, PreparedUploadState> = {
  outputs: ["physicalBucketName", "endpoint"],

  // Physical names mostly begin with the logical one.
  derivedOutputs: { physicalBucketName: ["bucketName"] },

  answered: {
    byCreate: ["physicalBucketName", "endpoint", "requestId"],
    byUpdate: ["physicalBucketName", "endpoint", "requestId"],
  },

  made,
  warnings,
  readInputs,

  readState(fields) {
    const state = {
      ...readInputs(fields),
      physicalBucketName: fields.text("physicalBucketName", anyText),
      endpoint: fields.text("endpoint", anyText),
    };
    const requestId = fields.optionalText("requestId", anyText);
    return requestId !== undefined ? { ...state, requestId } : state;
  },

  check: (inputs) => ({
    inputs,
    failures: [
      ...checkBucketName(inputs.bucketName),
      ...checkClientIp(inputs.clientIp),
      ...checkTriggers(inputs.triggers),
    ],
  }),

  diff(olds, news, call) {
    const replaces = isOfAnotherBucket(olds, news, call) ? ["bucketName"] : [];
    return { changed: [...replaces, ...changedInputs(olds, news, ["clientIp", "triggers"])], replaces };
  },

  async create(inputs, call) {
    const state = await namingNearest(() => ask(inputs, call), call);
    return { id: call.secrets.has("bucketName") ? state.requestId : inputs.bucketName, state };
  },

  async update(_id, olds, news, call) {
    const now = await namingNearest(() => ask(news, call), call);
    if (olds !== undefined) tellMove(olds, now, call);
    return now;
  },

  async read(_id, state, call) {
    try {
      const now = await (state.requestId === undefined ? lookUp(state, call) : ask(state, call));
      const moved = (["physicalBucketName", "endpoint"] as const).filter((name) => now[name] !== state[name]);
      tellMove(state, now, call);
      // A new request id alone is not drift.
      return { state: moved.length > 0 ? now : state, moved };
    } catch (error) {
      if (hasReason(error, "noSuchBucket")) return "gone";
      throw error;
    }
  },

  find: {
    inputs: (id: string, given: Properties) => ({ ...given, bucketName: given.bucketName ?? id }),
    state: (inputs, call) => namingNearest(() => lookUp(inputs, call), call),
  },
};

function readInputs(fields: Fields): PreparedUploadInputs {
  const clientIp = fields.optionalText("clientIp", anyText);
  const triggers = fields.optionalList("triggers");
  return {
    bucketName: fields.text("bucketName", anyText),
    ...(clientIp !== undefined ? { clientIp } : {}),
    ...(triggers !== undefined ? { triggers } : {}),
  };
}

async function ask(
  { bucketName, clientIp, triggers }: PreparedUploadInputs,
  { ens }: Call,
): Promise<PreparedUploadInputs & PreparedUploadAnswer> {
  const request = { bucketName, ...(clientIp !== undefined ? { clientIp } : {}) };
  const answer = await ens.call(prepareUpload, request);
  return { ...request, ...(triggers !== undefined ? { triggers } : {}), ...answer };
}

async function lookUp(inputs: PreparedUploadInputs, call: Call): Promise<PreparedUploadState> {
  const { requestId: _, ...state } = await ask(inputs, call);
  return state;
}
