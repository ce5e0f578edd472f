import { describeAsUser } from "../engines/testing/contract-as-user.js";

await describeAsUser({ engine: "podman", file: "src/container-cli/podman.slow-test.ts", leastPassed: 60 });
