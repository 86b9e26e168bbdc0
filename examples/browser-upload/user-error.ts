/** An error that the user is told about, with the HTTP status of the answer. */
export class UserError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
