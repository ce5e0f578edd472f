export interface ImageInfo {
  /** The name by which it was found or made. */
  readonly reference: string;
  readonly id: string;
  /** The digest of its manifest, `sha256:…`; its id if the engine keeps no manifest. */
  readonly digest: string;
  /** Operating system and architecture, such as `linux/amd64`. */
  readonly platform: string;
  /** Its creation time according to its configuration, in ISO 8601. */
  readonly createdAt: string;
}
