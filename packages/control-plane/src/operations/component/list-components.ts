import { notDeprecated } from "../../lists/not-deprecated.js";
import { defineOperation } from "../../operation-definition.js";
import { listResources } from "../../lists/list-resources.js";
import { componentVersionOf } from "./component.js";

/** The versions of components, or one entry a name. Deprecated ones are shown only if a filter asks for them. Source: API model. */
export const listComponents = defineOperation({
  name: "ListComponents",
  run: async (input, context) => {
    const asksForStatus = input.filters?.some(({ name }) => name === "status") === true;
    const { rows, ...page } = await listResources(context, input, {
      ...{ kind: "component", of: "versions" },
      where: (query) => (asksForStatus ? query : notDeprecated(query)),
    });
    return { ...page, componentVersionList: rows.map((row) => componentVersionOf(row, input.byName === true)) };
  },
});
