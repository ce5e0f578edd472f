import { describeAsUser } from "../engines/testing/contract-as-user.js";

await describeAsUser({ engine: "podman", file: "src/container-cli/podman.test.ts", leastPassed: 60 });
