import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compare } from "semver";
import { compareVersions } from "./index.js";
import { version } from "./testing/arbitraries.js";

// where the two agree (decision 10); wildcards are compared in resolve/version-index.test.ts
test("versions without a build have the order of semver", () => {
  fc.assert(
    fc.property(version, version, (one, other) => {
      expect(Math.sign(compareVersions(one, other))).toBe(compare(one.text, other.text));
    }),
  );
});
