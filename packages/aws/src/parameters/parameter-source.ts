/** A parameter of Parameter Store. */
export interface AwsParameterValue {
  /** The items of a StringList are joined by commas. */
  readonly value: string;
  /** Whether it must be kept out of logs and files: a SecureString, or any secret of Secrets Manager. */
  readonly secure: boolean;
  readonly type: ParameterType;
}

export type ParameterType = "String" | "StringList" | "SecureString";

/** Reads the values of parameters; implements `ParameterSource` of document-engine. */
export interface AwsParameterSource {
  /**
   * The values by the names as given: `name`, `/path/name`, an ARN or `/aws/reference/secretsmanager/NAME`, each followed by `:VERSION` or
   * `:LABEL` for a version other than the newest. Rejects with an ImagewrightError if one of them has no value.
   */
  get(names: readonly string[]): Promise<ReadonlyMap<string, AwsParameterValue>>;
}
