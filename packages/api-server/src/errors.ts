import { describeCause, errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package towards the program that runs the server. What clients see is `ApiError` and `ProtocolError`. */
export const serverError = errorTable("api-server", {
  "cannot-listen": errorRow("unavailable", ({ host, port, cause }: { host: string; port: number; cause: unknown }) => ({
    message: `the server cannot listen on ${quote(`${host}:${port}`)}: ${describeCause(cause)}`,
    hints: ["choose another address, or port 0 for a free port"],
  })),
  "not-listening": errorRow<object>("conflict", () => ({ message: "the server has no address before it listens" })),
  "invalid-public-url": errorRow("invalid", ({ url }: { url: string }) => ({
    message: `the public URL is ${quote(url)}; allowed: an address such as "https://images.example.com" or "https://example.com/images"`,
  })),
});
