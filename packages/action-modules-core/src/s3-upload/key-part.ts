import { actionError } from "../errors.js";
import type { FilePath } from "../files/show-path.js";

/** A file's name as part of a key. Throws if it is not UTF-8, as required for keys. */
export function keyPart(name: FilePath, path: FilePath): string {
  if (typeof name === "string") return name;
  const text = name.toString("utf8");
  if (!Buffer.from(text).equals(name)) throw actionError("name-not-a-key", { path });
  return text;
}
