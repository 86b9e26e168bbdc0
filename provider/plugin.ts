import * as pulumi from "@pulumi/pulumi";
import * as sdk from "../sdk/nodejs/index";
import { showProgramFrames } from "./resource/program-frames";

export * from "../sdk/nodejs/index";

/** What the generated classes extend in place of Pulumi's class: state then has the program's stack, and not ours. */
class WithProgramFrames extends pulumi.CustomResource {
  constructor(...args: ConstructorParameters<typeof pulumi.CustomResource>) {
    const frames = showProgramFrames();
    try {
      super(...args);
    } finally {
      frames.end();
    }
  }
}

for (const made of Object.values(sdk)) {
  if (Object.getPrototypeOf(made) === pulumi.CustomResource) Object.setPrototypeOf(made, WithProgramFrames);
}
