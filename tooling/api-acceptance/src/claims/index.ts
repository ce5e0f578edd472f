import { componentClaims } from "./components.js";
import { configurationClaims } from "./configurations.js";
import { findingClaims } from "./findings.js";
import { imageClaims } from "./images.js";
import { importClaims } from "./imports.js";
import { lifecycleClaims } from "./lifecycle.js";
import { pipelineClaims } from "./pipelines.js";
import { policyAndTagClaims } from "./policies-and-tags.js";
import { recipeClaims } from "./recipes.js";
import { ruleClaims } from "./rules.js";
import { workflowClaims } from "./workflows.js";
import type { Claim } from "./claim.js";
import type { CapabilityId } from "../facts/capabilities.js";

/** What the suite proves, by the id of the capability. A capability without a claim does not compile. */
export const CLAIMS: Readonly<Record<CapabilityId, Claim>> = {
  ...componentClaims,
  ...recipeClaims,
  ...configurationClaims,
  ...pipelineClaims,
  ...imageClaims,
  ...importClaims,
  ...workflowClaims,
  ...lifecycleClaims,
  ...policyAndTagClaims,
  ...findingClaims,
  ...ruleClaims,
};
