const { availableParallelism } = require("node:os");

// All files but those that must be alone. One more process than there are cores, since engine runs wait now and then.
module.exports = {
  ...require("../../.mocharc.cjs"),
  ignore: require("./alone.cjs").spec,
  parallel: true,
  jobs: availableParallelism() + 1,
};
