/** The services that are called, as the SDK's variables name them: AWS_ENDPOINT_URL_CLOUDWATCH_LOGS. */
export const AWS_SERVICES = ["s3", "imagebuilder", "ssm", "cloudwatch-logs", "sts", "kms", "sns", "eventbridge"] as const;

export type AwsService = (typeof AWS_SERVICES)[number];

/** How the services of AWS are reached. The SDK finds whatever is omitted: in its configuration files, from the instance's role. */
export interface AwsSettings {
  readonly region?: string | undefined;
  /** A profile of the SDK's configuration files; it may assume a role or sign on by itself. */
  readonly profile?: string | undefined;
  /** Keys, which take precedence over those of the profile. */
  readonly credentials?: AwsKeys | undefined;
  /** A role that is assumed with the credentials above. */
  readonly roleArn?: string | undefined;
  /** The URL that answers for all services. */
  readonly endpoint?: string | undefined;
  /** URLs of single services, which take precedence over `endpoint`. */
  readonly endpoints?: Readonly<Partial<Record<AwsService, string>>> | undefined;
}

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
