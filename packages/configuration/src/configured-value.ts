/** The origin of a value. */
export type SettingOrigin =
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "default" };

export interface ConfiguredValue<Value> {
  readonly value: Value;
  readonly origin: SettingOrigin;
}

/** The origin in messages, as in `region "eu-west-1" (from AWS_REGION)`. */
export function describeOrigin(origin: SettingOrigin): string {
  switch (origin.kind) {
    case "flag":
    case "environment":
      return `from ${origin.name}`;
    case "file":
      return `from ${origin.path}`;
    case "default":
      return "default";
  }
}
