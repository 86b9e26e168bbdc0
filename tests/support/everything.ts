/** Whether the repetitions run that `npm test` leaves to `npm run test:all`. */
export const everything = process.env.TEST_EVERYTHING === "true";
