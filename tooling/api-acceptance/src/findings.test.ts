import { paginateListImageScanFindingAggregations, paginateListImageScanFindings } from "@aws-sdk/client-imagebuilder";
import { describe, expect } from "@jest/globals";
import { makeImage } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";

describe("findings of scans", () => {
  prove("API-052", async () => {
    const image = await makeImage();
    const rows = [
      ["imageBuildVersionArn", image],
      ["vulnerabilityId", "CVE-2024-0001"],
      ["severity", "CRITICAL"],
    ] as const;
    for (const [name, value] of rows) {
      const pages = paginateListImageScanFindings({ client: api, pageSize: 2 }, { filters: [{ name, values: [value] }] });
      for await (const { findings } of pages) expect([name, findings]).toEqual([name, []]);
    }
    const two = rows.slice(0, 2).map(([name, value]) => ({ name, values: [value] }));
    await refused(api.listImageScanFindings({ filters: two }), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
    const values = { filters: [{ name: "severity", values: ["HIGH", "LOW"] }] };
    await refused(api.listImageScanFindings(values), "InvalidParameterValueException", MESSAGES.invalidValue("filters[0].values"));
    const unknown = { filters: [{ name: "status", values: ["ACTIVE"] }] };
    await refused(api.listImageScanFindings(unknown), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
  });

  prove("API-051", async () => {
    const groups = { accountId: undefined, imageBuildVersionArn: await makeImage(), vulnerabilityId: "CVE-2024-0001" };
    for (const [group, value] of Object.entries(groups)) {
      const filter = value === undefined ? {} : { filter: { name: group, values: [value] } };
      const pages = paginateListImageScanFindingAggregations({ client: api }, filter);
      const { value: page } = await pages[Symbol.asyncIterator]().next();
      expect(page).toMatchObject({ aggregationType: group, responses: expect.any(Array) });
    }
    const wrong = { filter: { name: "severity", values: ["HIGH"] } };
    await refused(api.listImageScanFindingAggregations(wrong), "InvalidParameterValueException", MESSAGES.invalidValue("filter"));
  });
});

describe("the marketplace", () => {
  prove("API-035", async () => {
    const resourceArn = await arnOf("component/none/1.0.0/1", "aws-marketplace");
    const request = { resourceType: "COMPONENT_DATA" as const, resourceArn };
    await refused(api.getMarketplaceResource(request), "ResourceNotFoundException");
    const wrong = api.getMarketplaceResource({ ...request, resourceType: "IMAGE" as "COMPONENT_DATA" });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("resourceType"));
  });
});
