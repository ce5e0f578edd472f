/** Provides the values of `{{ aws:ssm:… }}`. */
export interface ParameterSource {
  /** The values of all names. Rejects if one is not available, and says which. */
  get(names: readonly string[]): Promise<ReadonlyMap<string, ParameterValue>>;
}

export interface ParameterValue {
  /** The items of a StringList are joined by commas. */
  readonly value: string;
  /** Whether the value must not be shown anywhere. */
  readonly secure: boolean;
  readonly type: string;
}
