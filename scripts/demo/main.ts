import { runDemo } from "./demo";

/** `npm start`: from a checkout to an uploaded file. */
const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (interrupt.signal.aborted) process.exit(130);
    console.error("\nStopping …");
    interrupt.abort();
  });
}

runDemo(interrupt.signal).catch((error: unknown) => {
  process.exitCode = interrupt.signal.aborted ? 130 : 1;
  console.error(
    interrupt.signal.aborted
      ? "Stopped; nothing is left running. `npm start` begins again."
      : error instanceof Error
        ? error.message
        : error,
  );
});
