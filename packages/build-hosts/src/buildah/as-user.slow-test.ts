import { describeAsUser } from "../engines/testing/contract-as-user.js";

const CONTRACT = { engine: "buildah", file: "src/buildah/buildah.test.ts", leastPassed: 60 } as const;

await describeAsUser(CONTRACT);
await describeAsUser({ ...CONTRACT, variables: { BUILDAH_RUNTIME: "no-such-runtime" } });
await describeAsUser({ engine: "buildah", file: "src/buildah/isolation/isolation.test.ts", leastPassed: 8 });
