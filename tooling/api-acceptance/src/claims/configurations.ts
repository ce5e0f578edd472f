import { guide, model, terraform, type Claims } from "./claim.js";

export const configurationClaims = {
  "API-005": {
    says: "CreateDistributionConfiguration stores distributions",
    sources: [model("CreateDistributionConfiguration"), guide(30), terraform],
  },
  "API-009": {
    says: "CreateInfrastructureConfiguration stores settings of build instances",
    sources: [model("CreateInfrastructureConfiguration"), guide(28), terraform],
  },
  "API-014": {
    says: "DeleteDistributionConfiguration removes one, but none that a pipeline names",
    sources: [model("DeleteDistributionConfiguration"), guide(35)],
  },
  "API-018": {
    says: "DeleteInfrastructureConfiguration removes one, but none that a pipeline names",
    sources: [model("DeleteInfrastructureConfiguration"), guide(35)],
  },
  "API-026": {
    says: "GetDistributionConfiguration has everything that it was created with",
    sources: [model("DistributionConfiguration"), terraform],
  },
  "API-032": {
    says: "GetInfrastructureConfiguration has everything that it was created with",
    sources: [model("InfrastructureConfiguration"), terraform],
  },
  "API-045": {
    says: "ListDistributionConfigurations has summaries with Regions, in pages",
    sources: [model("DistributionConfigurationSummary.regions")],
  },
  "API-054": {
    says: "ListInfrastructureConfigurations has summaries, in pages",
    sources: [model("InfrastructureConfigurationSummary"), guide(28)],
  },
  "API-074": {
    says: "UpdateDistributionConfiguration replaces everything",
    sources: [model("UpdateDistributionConfiguration"), guide(30), terraform],
  },
  "API-076": {
    says: "UpdateInfrastructureConfiguration replaces everything; what is left out is cleared",
    sources: [model("UpdateInfrastructureConfiguration"), terraform],
  },
  "API-091": {
    says: "both kinds of configurations have the filter name and no other",
    sources: [model("ListInfrastructureConfigurationsRequest.filters"), model("ListDistributionConfigurationsRequest.filters")],
  },
  "API-115": {
    says: "names of configurations, pipelines and policies are unique and stay",
    sources: [model("CreateInfrastructureConfigurationRequest.name"), model("UpdateInfrastructureConfigurationRequest")],
  },
} satisfies Claims;
