/** Where the values of `{{ aws:ssm:… }}` come from. */
export interface ParameterSource {
  /** The values of all names. Rejects where one of them cannot be had, and says which. */
  get(names: readonly string[]): Promise<ReadonlyMap<string, ParameterValue>>;
}

export interface ParameterValue {
  /** The items of a StringList are joined by commas. */
  readonly value: string;
  /** Whether the value must not be shown anywhere. */
  readonly secure: boolean;
  readonly type: string;
}
