import { fileURLToPath } from "node:url";
import { testActionContract } from "@imagewright/test-kit/suites";
import { coreActions } from "./index.js";

testActionContract({ actions: coreActions, sources: fileURLToPath(new URL(".", import.meta.url)) });
