import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** Why an image cannot be made, besides the errors of builds and their hosts. */
export const executionError = errorTable("executions", {
  "resource-not-usable": errorRow("failed", ({ arn, cause }: { arn: string; cause: string }) => ({ message: `${arn}: ${cause}` })),
  "no-host": errorRow("unavailable", ({ type }: { type: string }) => ({
    message: `this server has no build host for images of the type ${type}; it builds images of the type DOCKER`,
  })),
  "parent-refused": errorRow("forbidden", ({ image }: { image: string }) => ({
    message: `the parent image ${quote(image)} is kept by the server for another account`,
    hints: ["name an image of this server by its ARN"],
  })),
  "parent-without-container": errorRow("failed", ({ arn }: { arn: string }) => ({
    message: `the parent image ${arn} has no container image`,
  })),
  "no-room": errorRow("limit", ({ what, least }: { what: string; least: number }) => ({
    message: `no other image begins, since the machine has too little ${what}: less than ${Math.floor(least / 2 ** 20)} MiB are free`,
  })),
  "faults-in-recipe": errorRow("failed", ({ faults }: { faults: string }) => ({ message: faults })),
});
