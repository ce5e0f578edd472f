export { createDocumentLoader, type DocumentLoaderOptions } from "./documents/document-loader.js";
export { openLogStream, type LogStream, type LogStreamOptions } from "./log-stream/open-log-stream.js";
export type { LogTarget } from "./log-stream/log-service.js";
export { uploadLogFolder, type LogUpload, type UploadedLogs, type UploadProgress } from "./log-upload/upload-log-folder.js";
export { createParameterSource, type ParameterSourceOptions } from "./parameters/create-parameter-source.js";
export type { ParameterSource, ParameterType, ParameterValue } from "./parameters/parameter-source.js";
