import { guide, model, type Claims } from "./claim.js";

export const findingClaims = {
  "API-035": {
    says: "GetMarketplaceResource refuses whatever is not subscribed",
    sources: [model("GetMarketplaceResource"), guide(5)],
  },
  "API-051": {
    says: "ListImageScanFindingAggregations groups by account, image, pipeline or vulnerability",
    sources: [model("ListImageScanFindingAggregationsRequest.filter"), guide(23)],
  },
  "API-052": {
    says: "ListImageScanFindings has at most one filter with one value",
    sources: [model("ImageScanFindingsFilterList"), guide(23)],
  },
} satisfies Claims;
