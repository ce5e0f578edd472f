/** What kind of fault of a registry a message of skopeo tells. */
export type RegistryFault = "unauthorized" | "missing" | "throttled" | "unreachable" | "not-trusted" | "silent" | "failed" | "not-allowed";

const SIGNS: readonly (readonly [RegistryFault, RegExp])[] = [
  ["throttled", /toomanyrequests|too many requests|\b429\b/i],
  ["not-trusted", /x509|certificate|server gave HTTP response to HTTPS client/i],
  ["unauthorized", /unauthorized|authentication required|denied|\b40[13]\b|invalid username\/password/i],
  ["missing", /manifest unknown|name unknown|not found|\b404\b/i],
  ["not-allowed", /unsupported|method not allowed|\b405\b/i],
  ["unreachable", /connection refused|no such host|no route to host|network is unreachable|i\/o timeout|TLS handshake timeout/i],
];

/** Which fault the last message of skopeo tells. */
export function faultIn(message: string): RegistryFault {
  return SIGNS.find(([, sign]) => sign.test(message))?.[0] ?? "failed";
}

/** Whether the same request may succeed later. */
export function isPassing(fault: RegistryFault): boolean {
  return fault === "throttled" || fault === "unreachable" || fault === "silent" || fault === "failed";
}
