import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..", "..");

export interface WorkspacePackage {
  /** The folder from the root: `packages/diagnostics`. */
  readonly folder: string;
  readonly name: string;
  readonly manifest: {
    readonly dependencies?: Record<string, string>;
    readonly devDependencies?: Record<string, string>;
    readonly optionalDependencies?: Record<string, string>;
    /** By entry point; one that is a text has no types. */
    readonly exports?: Readonly<Record<string, { readonly types?: string }>>;
    readonly files?: readonly string[];
    readonly license?: string;
    readonly private?: boolean;
    readonly scripts?: Record<string, string>;
  };
  /** The paths of its TypeScript files from the root, tests included. */
  readonly sources: readonly string[];
}

/** All packages of the workspace. */
export function workspacePackages(): WorkspacePackage[] {
  return ["packages", "apps", "tooling"].flatMap((group) =>
    // a package that is gone from the repository may have left what was built of it
    readdirSync(join(ROOT, group))
      .filter((name) => existsSync(join(ROOT, group, name, "package.json")))
      .map((name) => {
        const folder = join(group, name);
        return {
          folder,
          name: `@imagewright/${name}`,
          manifest: JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as WorkspacePackage["manifest"],
          sources: typescriptFiles(join(folder, "src")),
        };
      }),
  );
}

/** The modules that a file imports, types included. */
export function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"/gm);
  const calls = text.matchAll(/\bimport\("([^"]+)"\)/g);
  return [...statements, ...calls].map(([, module]) => module as string);
}

function typescriptFiles(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file));
  } catch {
    return [];
  }
}
