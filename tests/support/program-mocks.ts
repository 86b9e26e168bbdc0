import * as pulumi from "@pulumi/pulumi";

/** Mocks that remember the resource they saw last, and answer with its inputs and `answer`. */
export function useProgramMocks() {
  const mocks: { seen: pulumi.runtime.MockResourceArgs | undefined; answer: Record<string, unknown> } = {
    seen: undefined,
    answer: {},
  };
  before(() =>
    pulumi.runtime.setMocks({
      newResource: (args) => {
        mocks.seen = args;
        return { id: String(args.inputs.bucketName), state: { ...args.inputs, ...mocks.answer } };
      },
      call: () => ({}),
    }),
  );
  return mocks;
}
