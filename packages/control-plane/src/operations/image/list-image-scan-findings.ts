import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { findingFilter } from "./finding-filters.js";
import { scanFindingOf } from "./scan-finding.js";

/** The findings of the account's images, in the order in which they were stored. Source: API model; guide chapter 23. */
export const listImageScanFindings = defineOperation({
  name: "ListImageScanFindings",
  run: async (input, context) => {
    const { caller, database } = context;
    const filter = findingFilter(context, input.filters?.[0], "filters");
    let query = database
      .selectFrom("image_scan_finding")
      .select(["id", "finding"])
      .where("region", "=", caller.region)
      .where("owner", "=", caller.account)
      .where("id", ">", positionIn<string>(context, input) ?? "0");
    if (filter !== undefined && filter.values.length > 0) query = query.where(filter.column, "in", filter.values);
    const found = await query.orderBy("id").limit(rowsToFetch(input)).execute();
    const { rows, ...page } = pageOf(context, input, found, ({ id }) => id);
    return { ...page, findings: rows.map(({ finding }) => scanFindingOf(finding)) };
  },
});
