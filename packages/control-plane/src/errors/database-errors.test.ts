import { expect, test } from "@jest/globals";
import { databaseErrorOf, isLostRace } from "./database-errors.js";

const withCode = (code: string, message = "the reason") => Object.assign(new Error(message), { code });
const BUSY = "ServiceUnavailableException: The database is busy. Send the request again.";
const AWAY = "ServiceUnavailableException: The database cannot be reached. Send the request again.";
const RACE = "ResourceInUseException: Another request is changing the same resource. Send the request again.";
const FULL = "ServiceUnavailableException: The database has no room or memory left.";

test.each([
  ["connection failure", withCode("08006"), AWAY],
  ["foreign key violation", withCode("23503"), RACE],
  ["unique violation", withCode("23505"), RACE],
  ["serialization failure", withCode("40001"), BUSY],
  ["unknown prepared statement", withCode("26000"), BUSY],
  ["prepared statement that is there already", withCode("42P05"), BUSY],
  ["deadlock", withCode("40P01"), BUSY],
  ["out of memory", withCode("53200"), FULL],
  ["disk full", withCode("53100"), FULL],
  ["too many connections", withCode("53300"), BUSY],
  ["lock not available", withCode("55P03"), BUSY],
  ["query canceled", withCode("57014"), BUSY],
  ["admin shutdown", withCode("57P01"), AWAY],
  ["cannot connect now", withCode("57P03"), AWAY],
  ["refused connection", withCode("ECONNREFUSED"), AWAY],
  ["lost connection", new Error("Connection terminated unexpectedly"), AWAY],
  ["syntax error", withCode("42601"), undefined],
  ["another error", new Error("the reason"), undefined],
])("%s", (_, thrown, expected) => {
  const error = databaseErrorOf(thrown);
  expect(error && `${error.name}: ${error.message}`).toBe(expected);
  expect(error === undefined ? thrown : error.cause).toBe(thrown);
});

test("what lost a race is tried again", () => {
  expect(["40001", "40P01", "23505"].map((code) => isLostRace(withCode(code)))).toEqual([true, true, false]);
});
