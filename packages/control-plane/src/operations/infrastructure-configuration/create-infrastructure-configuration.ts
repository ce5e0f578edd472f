import { defineCreation } from "../../creation-definition.js";
import { checkInfrastructure, infrastructureDetail, withTermination } from "./infrastructure-configuration.js";

const name = "CreateInfrastructureConfiguration";

/** Creates an infrastructure configuration. Source: API model; guide chapter 28. */
export const createInfrastructureConfiguration = defineCreation({
  name,
  withDefaults: withTermination,
  resource: (input) => {
    checkInfrastructure(name, input);
    return { type: "infrastructure-configuration", name: input.name, tags: input.tags, detail: infrastructureDetail(input) };
  },
  arnMember: "infrastructureConfigurationArn",
});
