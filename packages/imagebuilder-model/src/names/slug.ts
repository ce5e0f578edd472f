/**
 * The form of a name in ARNs: lower case, with a hyphen for each blank, underscore or other character that ARNs do not allow (names of
 * imported images may contain any). Names with the same slug are the same name. Source: API model, `CreateComponentRequest.name`.
 */
export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9-]/gu, "-");
}

/** Whether the service treats two names as the same: they have the same slug. */
export function isSameName(a: string, b: string): boolean {
  return slugOf(a) === slugOf(b);
}
