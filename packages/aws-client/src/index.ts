export { describeAwsFailure, isNetworkFailure, type AwsFailure, type AwsFailureKind } from "./aws-failure.js";
export { CLIENT_OPTIONS } from "./client-options.js";
export { openS3Client } from "./open-s3-client.js";
