import { ApiError, type ErrorName } from "@imagewright/imagebuilder-model";

interface DatabaseError {
  readonly name: ErrorName;
  readonly message: string;
}

const BUSY: DatabaseError = { name: "ServiceUnavailableException", message: "The database is busy. Send the request again." };
const AWAY: DatabaseError = { name: "ServiceUnavailableException", message: "The database cannot be reached. Send the request again." };
const FULL: DatabaseError = { name: "ServiceUnavailableException", message: "The database has no room or memory left." };
const RACE: DatabaseError = {
  name: "ResourceInUseException",
  message: "Another request is changing the same resource. Send the request again.",
};

/** What clients are told, by SQLSTATE or by its class of two characters. Anything else is a fault of this program. */
const BY_STATE: Readonly<Record<string, DatabaseError>> = {
  "08": AWAY,
  "23503": RACE,
  // a proxy has mixed up prepared statements; there are none from then on
  "26000": BUSY,
  "42P05": BUSY,
  "23505": RACE,
  "40001": BUSY,
  "40P01": BUSY,
  "53": FULL,
  "53300": BUSY,
  "55P03": BUSY,
  "57014": BUSY,
  "57P": AWAY,
};

// what the connection itself fails with, before any SQLSTATE
const CONNECTION = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"];

/** The error that a client sees for one that the database or the way to it threw; undefined for any other. */
export function databaseErrorOf(thrown: unknown): ApiError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  const isLost = CONNECTION.includes(code) || /^(Connection terminated|timeout exceeded when trying to connect)/.test(thrown.message);
  const found = isLost ? AWAY : (BY_STATE[code] ?? BY_STATE[code.slice(0, 3)] ?? BY_STATE[code.slice(0, 2)]);
  return found === undefined ? undefined : new ApiError(found.name, found.message, { cause: thrown });
}

/** Whether a statement has failed in the database, which then has rolled it back; not if the answer was lost on its way. */
export function isRolledBack(thrown: unknown): boolean {
  const code = thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  return /^(?!08|57P)[0-9A-Z]{5}$/.test(code) && !CONNECTION.includes(code);
}

/** Whether the same call may succeed at once: it lost a race against another one. */
export function isLostRace(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && (thrown.code === "40001" || thrown.code === "40P01");
}
