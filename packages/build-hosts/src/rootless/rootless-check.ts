/** Something that builds of an ordinary user need, as shown by `ib doctor`. */
export interface RootlessCheck {
  readonly name: string;
  readonly usable: boolean;
  /** Whether buildah and mmdebstrap do not work without it. */
  readonly required: boolean;
  readonly finding: string;
  /** The command that mends it. */
  readonly fix?: string;
}
