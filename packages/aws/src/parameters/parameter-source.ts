/** A parameter of Parameter Store. */
export interface AwsParameterValue {
  /** A StringList is one text with commas. */
  readonly value: string;
  /** Whether it must be kept out of logs and files: a SecureString, or any secret of Secrets Manager. */
  readonly secure: boolean;
  readonly type: ParameterType;
}

export type ParameterType = "String" | "StringList" | "SecureString";

/** Reads the values of parameters; implements `ParameterSource` of document-engine. */
export interface AwsParameterSource {
  /**
   * The values of the names, each under the name as given: `name`, `/path/name`, an ARN, `/aws/reference/secretsmanager/NAME`, each with
   * `:VERSION` or `:LABEL` after it for another version than the newest. Rejects with an ImagewrightError where any of them has
   * none.
   */
  get(names: readonly string[]): Promise<ReadonlyMap<string, AwsParameterValue>>;
}
