// `npm run test:matrix`: every combination, where `npm test` runs the corners.
module.exports = { ...require("../../.mocharc.cjs"), spec: ["tests/matrix/every-combination.ts"] };
