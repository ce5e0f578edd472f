/** The name of a recipe as part of a path and of an image name: lower-case, with single separators. */
export function folderName(name: string): string {
  const parts = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
  return parts.length === 0 ? "image" : parts.join("-");
}
