import { fileURLToPath } from "node:url";
import { coreActions } from "@imagewright/action-modules-core";
import { testActionContract } from "@imagewright/test-kit/suites";
import { linuxActions } from "./index.js";

testActionContract({ actions: linuxActions, sources: fileURLToPath(new URL(".", import.meta.url)), others: coreActions });
