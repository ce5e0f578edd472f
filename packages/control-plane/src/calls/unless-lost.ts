import { isLostRace } from "../errors/database-errors.js";

const MOST_ATTEMPTS = 3;

/** Runs a transaction again that has lost a race in the database. */
export async function unlessLost<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (thrown) {
      if (!isLostRace(thrown) || attempt === MOST_ATTEMPTS) throw thrown;
    }
  }
}
