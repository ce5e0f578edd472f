import type { Api } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import { SEVERITY_COUNTS, type CountsBySeverity } from "../../executions/severity-counts.js";
import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { findingFilter, type FindingFilter } from "./finding-filters.js";

type Counted = CountsBySeverity & { readonly key: string };

/**
 * The numbers of findings of the account, or by image, pipeline or vulnerability as its filter says. Source: API model; guide chapter 23.
 */
export const listImageScanFindingAggregations = defineOperation({
  name: "ListImageScanFindingAggregations",
  run: async (input, context) => {
    const { caller, database } = context;
    const filter = findingFilter(context, input.filter, "filter");
    const key = filter === undefined ? sql.ref("owner") : sql.ref(filter.column);
    const start = positionIn<string>(context, input);
    const { rows: found } = await sql<Counted>`
      select ${key} as key, ${SEVERITY_COUNTS} from image_scan_finding
      where region = ${caller.region} and owner = ${caller.account} and ${key} is not null
        ${filter === undefined || filter.values.length === 0 ? sql`` : sql`and ${key} in (${sql.join(filter.values)})`}
        ${start === undefined ? sql`` : sql`and ${key} > ${start}`}
      group by ${key} order by ${key} limit ${rowsToFetch(input)}`.execute(database);
    const { rows, ...page } = pageOf(context, input, found, (row) => row.key);
    const aggregationType = filter?.name ?? "accountId";
    return { ...page, aggregationType, responses: rows.map((row) => aggregationOf(row, filter)) };
  },
});

function aggregationOf({ key, ...severityCounts }: Counted, filter: FindingFilter | undefined): Api.ImageScanFindingAggregation {
  switch (filter?.name) {
    case "imageBuildVersionArn":
      return { imageAggregation: { imageBuildVersionArn: key, severityCounts } };
    case "imagePipelineArn":
      return { imagePipelineAggregation: { imagePipelineArn: key, severityCounts } };
    case "vulnerabilityId":
      return { vulnerabilityIdAggregation: { vulnerabilityId: key, severityCounts } };
    default:
      return { accountAggregation: { accountId: key, severityCounts } };
  }
}
