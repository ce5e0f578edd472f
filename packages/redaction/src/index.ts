export { createRedactor, sealedIds, type AddedSecret, type Redactor } from "./redactor.js";
export type { RedactingStream, StreamOptions } from "./redacting-stream.js";
export { UnsealError, type SecretLookup } from "./sealing/unseal-text.js";
export type { Refusal } from "./forms/secret.js";
