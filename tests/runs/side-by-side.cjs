const { availableParallelism } = require("node:os");

// All files but those that must be alone, each in a process, in as many processes as there are cores.
module.exports = {
  ...require("../../.mocharc.cjs"),
  ignore: require("./alone.cjs").spec,
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
};
