/** What is said where the program sets the option `customTimeouts`. */
export const noTimeouts =
  "customTimeouts have no effect on this resource. The setting maxRetryTimeout bounds each of its calls.";
