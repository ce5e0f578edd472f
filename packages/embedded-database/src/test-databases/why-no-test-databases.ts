import { describeCause } from "@imagewright/diagnostics";
import { binaryPlatform, findNativePackage } from "../postgres/native-package.js";

/** Why there are no test databases on this platform, for the name of a test that is skipped; undefined if there are. */
export function whyNoTestDatabases(): string | undefined {
  try {
    findNativePackage(binaryPlatform());
    return undefined;
  } catch (thrown) {
    return describeCause(thrown);
  }
}
