import { notDeprecated } from "../../lists/not-deprecated.js";
import { listResources } from "../../lists/list-resources.js";
import type { ResourceQuery } from "../../lists/resource-query.js";
import { defineOperation } from "../../operation-definition.js";
import { ofVersion } from "../../lists/of-version.js";
import { componentSummaryOf } from "./component.js";

/** The builds of a version of a component, or of all components of the account, without deprecated ones. Source: API model. */
export const listComponentBuildVersions = defineOperation({
  name: "ListComponentBuildVersions",
  run: async (input, context) => {
    const named = { parameter: "componentVersionArn", types: ["component"], levels: ["version"] } as const;
    const listed = ofVersion(context, input.componentVersionArn, named);
    const where = (query: ResourceQuery) => notDeprecated(listed.where(query));
    const { rows, ...page } = await listResources(context, input, { kind: "component", of: "builds", owner: listed.owner, where });
    return { ...page, componentSummaryList: rows.map(componentSummaryOf) };
  },
});
