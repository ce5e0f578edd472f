import preset from "@imagewright/jest-preset";

/** One server for the whole run; files run side by side, as clients do. */
export default {
  ...preset,
  globalSetup: "<rootDir>/server/start.mjs",
  globalTeardown: "<rootDir>/server/stop.mjs",
};
