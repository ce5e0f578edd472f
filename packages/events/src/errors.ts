import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of settings for the delivery of events. What fails in a delivery is a `SendOutcome`. */
export const eventsError = errorTable("events", {
  "webhook-secret-invalid": errorRow("invalid", ({ problem }: { problem: string }) => ({
    // it is never shown
    message: `the secret of webhooks is not valid: ${problem}`,
    hints: ["it has the form whsec_ and 24 to 64 random bytes in base64; let ib serve make the file"],
  })),
  "webhook-url-invalid": errorRow("invalid", ({ url }: { url: string }) => ({
    message: `${quote(url)} is no URL for a webhook; allowed: http:// or https://, without user and password`,
  })),
});
