import { createInfrastructureConfiguration } from "./create-infrastructure-configuration.js";
import { deleteInfrastructureConfiguration } from "./delete-infrastructure-configuration.js";
import { getInfrastructureConfiguration } from "./get-infrastructure-configuration.js";
import { listInfrastructureConfigurations } from "./list-infrastructure-configurations.js";
import { updateInfrastructureConfiguration } from "./update-infrastructure-configuration.js";

export const infrastructureConfigurationOperations = {
  CreateInfrastructureConfiguration: createInfrastructureConfiguration,
  DeleteInfrastructureConfiguration: deleteInfrastructureConfiguration,
  GetInfrastructureConfiguration: getInfrastructureConfiguration,
  ListInfrastructureConfigurations: listInfrastructureConfigurations,
  UpdateInfrastructureConfiguration: updateInfrastructureConfiguration,
};
