import { describeAsUser } from "../engines/testing/contract-as-user.js";

await describeAsUser("podman", "src/container-cli/podman.test.ts");
