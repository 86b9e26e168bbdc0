import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/vitest/*.test.ts"],
    // Where a resource fails, Pulumi rejects all of its outputs, also those that no test awaits.
    onUnhandledError: ({ message }) =>
      /failed to (register new|read) resource/.test(message) ? false : undefined,
  },
});
