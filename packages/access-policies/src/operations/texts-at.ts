/** The texts at a path of a request, such as `components[].componentArn`; none where it has none. */
export function textsAtPath(request: unknown, path: string): string[] {
  let found: unknown[] = [request];
  for (const step of path.split(".")) {
    const name = step.replace(/\[\]$/, "");
    found = found
      .map((value) => ownMember(value, name))
      .flatMap((value) => (step.endsWith("[]") && Array.isArray(value) ? (value as unknown[]) : [value]));
  }
  return found.filter((value): value is string => typeof value === "string");
}

function ownMember(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
