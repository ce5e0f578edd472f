import config from "@imagewright/tsup-config";
import { defineConfig } from "tsup";

// the suites need jest around them, and the S3 server and the terminal are slow to load; the rest does not need them
export default defineConfig({
  ...config,
  entry: [
    "src/index.ts",
    "src/suites.ts",
    "src/s3.ts",
    "src/object-store.ts",
    "src/key-service.ts",
    "src/log-service.ts",
    "src/loopback-server.ts",
    "src/moto.ts",
    "src/terminal/index.ts",
    "src/windows/index.ts",
    "src/windows/guest.ts",
  ],
});
