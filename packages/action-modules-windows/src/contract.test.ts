import { fileURLToPath } from "node:url";
import { coreActions } from "@imagewright/action-modules-core";
import { testActionContract } from "@imagewright/test-kit/suites";
import { windowsActions } from "./index.js";

testActionContract({ actions: windowsActions, sources: fileURLToPath(new URL(".", import.meta.url)), others: coreActions });
