import { describeAsUser } from "../engines/testing/contract-as-user.js";

const CONTRACT = { engine: "buildah", file: "src/buildah/buildah.slow-test.ts", leastPassed: 60 } as const;

await describeAsUser(CONTRACT);
// of the contract, what depends on how a job is isolated
const isolated = /running jobs|ending jobs|created images|isolation|orphans|callers that are killed/;
await describeAsUser({ ...CONTRACT, named: isolated, leastPassed: 35, variables: { BUILDAH_RUNTIME: "no-such-runtime" } });
await describeAsUser({ engine: "buildah", file: "src/buildah/isolation/isolation.test.ts", leastPassed: 8 });
await describeAsUser({ engine: "buildah", file: "src/buildah/storage-driver.slow-test.ts", leastPassed: 4 });
