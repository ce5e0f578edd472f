import { proveEveryMinute } from "./testing/brute-force.js";

proveEveryMinute(2);
