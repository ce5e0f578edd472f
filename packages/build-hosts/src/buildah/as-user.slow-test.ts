import { describeAsUser } from "../engines/testing/contract-as-user.js";

await describeAsUser("buildah", "src/buildah/buildah.test.ts");
