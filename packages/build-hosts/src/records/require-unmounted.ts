import { readFile } from "node:fs/promises";
import { buildHostError } from "../errors.js";

/** Throws still-mounted if something is mounted in a folder that is to be removed: it would be emptied with it. */
export async function requireUnmounted(folder: string): Promise<void> {
  const table = await readFile("/proc/self/mounts", "utf8").catch(() => "");
  const places = table.split("\n").map((line) => unescaped(line.split(" ")[1] ?? ""));
  const mount = places.find((place) => place === folder || place.startsWith(`${folder}/`));
  if (mount !== undefined) throw buildHostError("still-mounted", { folder, mount });
}

/** The kernel writes blanks and the like as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
