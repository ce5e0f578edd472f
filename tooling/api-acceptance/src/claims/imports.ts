import { guide, model, type Claims } from "./claim.js";

export const importClaims = {
  "API-040": {
    says: "ImportDiskImage makes a PENDING image of an ISO file of Windows 11",
    sources: [model("ImportDiskImage"), guide(22)],
  },
  "API-041": {
    says: "ImportVmImage makes a PENDING image that follows an import task",
    sources: [model("ImportVmImage"), guide(22)],
  },
} satisfies Claims;
