import { win32 } from "node:path";

/**
 * The path of a program of Windows below its folder System32. By its path, since Windows looks for a name in the current folder first.
 * The names of variables are case-insensitive there.
 */
export function systemProgram(name: string, environment: Readonly<Record<string, string>>): string {
  const [, root = "C:\\Windows"] = Object.entries(environment).find(([key]) => key.toLowerCase() === "systemroot") ?? [];
  return win32.join(root, "System32", name);
}
