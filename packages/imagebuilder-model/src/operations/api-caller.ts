/** Who calls an operation of the API, and in which Region. */
export interface ApiCaller {
  /** The account, 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The ARN of the identity, such as `arn:aws:iam::000000000000:root` or `…:user/ada`. */
  readonly principal: string;
}
