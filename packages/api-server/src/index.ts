export { createApiServer, type ApiServer } from "./create-api-server.js";
export type { EventStreams, StreamPart, StreamRequest } from "./events/event-stream.js";
export { signedGet, type SigningKey } from "./signature/signed-get.js";
export type { AccessKey, ApiServerOptions, OperationHandler, Readiness, ServerCertificate } from "./options.js";
export { DEFAULT_LIMITS, type ServerLimits } from "./limits.js";
export type { RequestRecord } from "./http/request-record.js";
