import config from "@imagewright/tsup-config";
import { defineConfig } from "tsup";

// the suites need jest around them, the rest does not
export default defineConfig({ ...config, entry: ["src/index.ts", "src/suites.ts"] });
