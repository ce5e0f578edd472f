/** What a request says about its signature; nothing of it is verified. */
export interface RequestSignature {
  readonly form: "header" | "query";
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** The names of the signed headers, in small letters. */
  readonly signedHeaders: readonly string[];
  /** In hexadecimal. */
  readonly signature: string;
  /** When it was signed, as in `20261129T043000Z`. */
  readonly timestamp: string;
  /** For how many seconds a presigned request is valid. */
  readonly expiresAfter?: number;
  /** The token of temporary credentials. */
  readonly sessionToken?: string;
}

/** What the key of a signature is for. */
export interface CredentialScope {
  /** As in `20261129`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}
