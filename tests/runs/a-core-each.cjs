const { availableParallelism } = require("node:os");

// Files whose bounds a busy machine could miss. No more of them run at once than there are cores.
const reasons = {
  "tests/e2e/crashes.test.ts": "kills at a point of time, which must come before the end",
  "tests/e2e/demo.test.ts": "npm start must not be silent for longer than 20 s",
  "tests/e2e/interruption.test.ts": "Ctrl-C must have ended all within 5 s",
  "tests/e2e/languages-interruption.test.ts": "Ctrl-C must have ended all within 10 s",
  "tests/e2e/throttling.test.ts": "counts refusals under a quota of calls a second",
  "tests/host/asking-again.test.ts": "errors must come in bounded time",
  "tests/host/bad-networks.test.ts": "errors must come in bounded time, and memory is measured",
  "tests/host/bad-proxies.test.ts": "errors must come in bounded time, and memory is measured",
  "tests/host/cancellation.test.ts": "a call must have ended within 3 s",
  "tests/unit/files/large-file.test.ts": "measures memory, and reading must have ended within 1 s",
};

module.exports = {
  ...require("../../.mocharc.cjs"),
  spec: Object.keys(reasons),
  parallel: true,
  jobs: availableParallelism(),
};
