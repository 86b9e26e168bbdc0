module.exports = {
  require: ["ts-node/register/transpile-only"],
  extension: ["ts"],
  spec: ["tests/**/*.test.ts"],
  timeout: 60_000,
  // A test that fails may leave a server behind; that must not keep CI waiting.
  exit: true,
  // On a user's machine a test that needs a missing tool is skipped; in CI that skip is a failure.
  forbidPending: process.env.CI === "true",
  forbidOnly: process.env.CI === "true",
};
