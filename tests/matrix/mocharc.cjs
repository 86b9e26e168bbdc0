// `npm run test:matrix`: every combination, where `npm test` runs two of them.
module.exports = { ...require("../../.mocharc.cjs"), spec: ["tests/matrix/every-combination.ts"] };
