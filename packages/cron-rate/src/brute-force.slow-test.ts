import { jest } from "@jest/globals";
import { proveEveryMinute } from "./testing/brute-force.js";

jest.setTimeout(3_600_000);
proveEveryMinute(8);
