import { PIPELINE_LIST } from "../answer/open-answer.js";
import type { FileKind } from "./file-kind.js";

/** The keys by which a kind of file is recognized. */
export interface Sign {
  readonly kind: FileKind;
  /** The mapping has all of these. */
  readonly has: readonly string[];
  /** The mapping has none of these. */
  readonly lacks?: readonly string[];
}

const RECIPE = ["parentImage", "components"];

/** Kinds that look alike are distinguished by order: the first matching row wins. */
export const SIGNS: readonly Sign[] = [
  { kind: "component-document", has: ["phases"] },
  { kind: "workflow-document", has: ["steps"], lacks: ["phases"] },
  { kind: "ssm-document", has: ["schemaVersion", "mainSteps"] },
  { kind: "ssm-document", has: ["schemaVersion", "runtimeConfig"] },
  { kind: "terraform-plan", has: ["format_version", "planned_values"] },
  { kind: "terraform-plan", has: ["format_version", "values"] },
  { kind: "terraform-plan", has: ["format_version", "terraform_version"] },
  { kind: "packer-template", has: ["builders"] },
  { kind: "github-workflow", has: ["jobs", "on"] },
  { kind: "lifecycle-policy", has: ["policyDetails"] },
  { kind: "lifecycle-policy", has: ["resourceSelection"] },
  { kind: "distribution-configuration", has: ["distributions"] },
  { kind: "image-pipeline", has: ["infrastructureConfigurationArn", "imageRecipeArn"] },
  { kind: "image-pipeline", has: ["infrastructureConfigurationArn", "containerRecipeArn"] },
  { kind: "image-pipeline", has: ["infrastructureConfigurationArn", "imagePipelineArn"] },
  { kind: "image-pipeline", has: ["infrastructureConfigurationArn", "schedule"] },
  { kind: "infrastructure-configuration", has: ["instanceProfileName"] },
  { kind: "pipeline-list", has: [PIPELINE_LIST] },
  { kind: "schedule", has: ["scheduleExpression"] },
  { kind: "component", has: ["platform", "data"] },
  { kind: "component", has: ["platform", "uri"] },
  { kind: "workflow", has: ["type", "data"] },
  { kind: "workflow", has: ["type", "uri"] },
  ...["containerType", "container", "dockerfileTemplateData", "dockerfileTemplateUri", "targetRepository", "workflows"].map(
    (key): Sign => ({
      kind: "container-recipe",
      has: ["components", key],
    }),
  ),
  ...["blockDeviceMappings", "additionalInstanceConfiguration", "amiTags"].map((key): Sign => ({
    kind: "image-recipe",
    has: [...RECIPE, key],
  })),
  { kind: "container-recipe", has: RECIPE },
  { kind: "finished-build", has: ["region", "accountId", "date"] },
  ...["images", "imageSummaryList", "imageVersionList"].map((key): Sign => ({ kind: "image-list", has: [key] })),
];
