const { availableParallelism } = require("node:os");

// All other files. One more process than there are cores, since engine runs wait now and then.
module.exports = {
  ...require("../../.mocharc.cjs"),
  ignore: require("./a-core-each.cjs").spec,
  parallel: true,
  jobs: availableParallelism() + 1,
};
