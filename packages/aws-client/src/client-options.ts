/**
 * What every client is made with; in milliseconds. Without these limits a service that accepts a connection and says nothing would hold up a
 * run for good. Retries, credentials, region and endpoints are those of the SDK's usual environment.
 */
export const CLIENT_OPTIONS = {
  requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
} as const;
