const { availableParallelism } = require("node:os");

// All other files. Two more processes than there are cores, since many tests wait, as for a bound to pass.
module.exports = {
  ...require("../../.mocharc.cjs"),
  ignore: require("./a-core-each.cjs").spec,
  parallel: true,
  jobs: availableParallelism() + 2,
};
