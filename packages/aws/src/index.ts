export { describeAwsFailure, isNetworkFailure, type AwsFailure, type AwsFailureKind } from "./clients/aws-failure.js";
export { AWS_SERVICES, type AwsKeys, type AwsService, type AwsSettings } from "./clients/aws-settings.js";
export {
  openEventBridgeClient,
  openImagebuilderClient,
  openKmsClient,
  openLogsClient,
  openS3Client,
  openSnsClient,
  openSsmClient,
  type RequestAgents,
} from "./clients/open-client.js";
export { settingsFromEnvironment } from "./clients/settings-from-environment.js";
export { openEventBus, type BusEntry, type EventBus, type PutRefusal } from "./messages/event-bus.js";
export { openTopics, type TopicMessage, type Topics } from "./messages/topics.js";
export { createDocumentLoader, type DocumentLoaderOptions } from "./documents/document-loader.js";
export { kmsDataKeys, type KmsDataKeys } from "./keys/kms-data-keys.js";
export { kmsKeyWrapper, type KmsKeyWrapper } from "./keys/kms-key-wrapper.js";
export { openLogSender, type LogSender, type TimedLine } from "./log-stream/open-log-sender.js";
export { openLogStream, type LogStream, type LogStreamOptions } from "./log-stream/open-log-stream.js";
export type { LogTarget } from "./log-stream/log-service.js";
export { uploadLogFolder, type LogUpload, type UploadedLogs, type UploadProgress } from "./log-upload/upload-log-folder.js";
export { objectFingerprint } from "./objects/object-fingerprint.js";
export { createParameterSource, type ParameterSourceOptions } from "./parameters/create-parameter-source.js";
export type { AwsParameterSource, ParameterType, AwsParameterValue } from "./parameters/parameter-source.js";
