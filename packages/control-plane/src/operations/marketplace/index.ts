import { getMarketplaceResource } from "./get-marketplace-resource.js";

export const marketplaceOperations = { GetMarketplaceResource: getMarketplaceResource };
