/** What the Parameter Store keeps under a name. */
export interface AwsParameterValue {
  /** A StringList is one text with commas. */
  readonly value: string;
  /** Whether it is to be kept out of logs and files: a SecureString, or a secret of Secrets Manager whatever its type. */
  readonly secure: boolean;
  readonly type: ParameterType;
}

export type ParameterType = "String" | "StringList" | "SecureString";

/** Where the values of parameters come from. */
export interface AwsParameterSource {
  /**
   * The values of the names, each under the name as given: `name`, `/path/name`, an ARN, `/aws/reference/secretsmanager/NAME`, each with
   * `:VERSION` or `:LABEL` after it for another version than the newest. Rejects with an ImagewrightError where any of them has
   * none.
   */
  get(names: readonly string[]): Promise<ReadonlyMap<string, AwsParameterValue>>;
}
