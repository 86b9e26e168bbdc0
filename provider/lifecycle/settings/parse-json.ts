/**
 * The value of a structured setting, which the stack's configuration holds as JSON; `undefined` when it is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The error's message repeats a part of the text.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
