export interface ImageInfo {
  /** The name under which it was found or made. */
  readonly reference: string;
  readonly id: string;
  /** The digest of its manifest, `sha256:…`; its id where the engine keeps no manifest. */
  readonly digest: string;
  /** Operating system and architecture, such as `linux/amd64`. */
  readonly platform: string;
  /** When it was made by its own account, in ISO 8601. */
  readonly createdAt: string;
}
