import type { Api } from "@imagewright/imagebuilder-model";

/** A finding as the API shows it. It is stored with its times as seconds since 1970. */
export function scanFindingOf(finding: Readonly<Record<string, unknown>>): Api.ImageScanFinding {
  return JSON.parse(JSON.stringify(finding), (key, value: unknown) =>
    typeof value === "number" && /^(firstObserved|updated|vendorCreated|vendorUpdated)At$/.test(key) ? new Date(value * 1000) : value,
  ) as Api.ImageScanFinding;
}
