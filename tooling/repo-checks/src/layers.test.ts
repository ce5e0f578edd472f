import { describe, expect, test } from "@jest/globals";
import { importsOf, workspacePackages } from "./workspace.js";

// docs/architecture.md explains the layers; imports go downward only
const LAYERS: readonly (readonly string[])[] = [
  ["diagnostics", "shell-completion", "traces"],
  ["yaml-syntax", "action-contract", "agent-protocol", "redaction", "semver-resolver"],
  ["imagebuilder-model", "conditions", "node-host", "files-overlay"],
  ["resource-files", "document-engine", "aws", "durability", "api-server", "access-policies"],
  [
    "cron-rate",
    "lifecycle-rules",
    "distribution-planner",
    "action-modules-core",
    "build-hosts",
    "configuration",
    "workflow-engine",
    "embedded-database",
    "events",
  ],
  ["action-modules-linux", "action-modules-windows", "component-runner", "distribution"],
  ["action-modules", "step-actions"],
  ["image-build"],
  ["catalogue"],
  ["agent", "control-plane"],
  ["executions"],
  ["ib", "console"],
];

const layerOf: ReadonlyMap<string, number> = new Map(
  LAYERS.flatMap((names, layer) => names.map((name) => [`@imagewright/${name}`, layer] as const)),
);
const products = workspacePackages().filter(({ folder }) => !folder.startsWith("tooling"));

describe("layers", () => {
  test.each(products.map(({ name }) => name))("%s has a layer", (name) => {
    expect([name, layerOf.has(name)]).toEqual([name, true]);
  });

  test.each(products.map((product) => [product.name, product] as const))(
    "%s imports only from lower layers, by package name",
    (name, { sources, folder }) => {
      const wrong = sources
        .filter((source) => !/\.(slow-)?test\.ts$/.test(source))
        .flatMap((source) => importsOf(source).map((module) => ({ source, module })))
        .filter(({ source, module }) => {
          if (module.startsWith(".")) return leaves(source, module, folder);
          if (!module.startsWith("@imagewright/")) return false;
          const [scope, packageName] = module.split("/");
          const layer = layerOf.get(`${scope}/${packageName}`);
          // tooling has no layer: products may not import it, except in files used only by tests
          return layer === undefined ? !/\/(testing|test-support)\//.test(source) : layer >= (layerOf.get(name) ?? -1);
        });
      expect(wrong).toEqual([]);
    },
  );

  test.each(products.map((product) => [product.name, product] as const))("%s lists what it imports", (_, { manifest, sources }) => {
    const listed = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }));
    const missing = sources.flatMap((source) =>
      importsOf(source).filter((module) => !module.startsWith(".") && !module.startsWith("node:") && !listed.has(packageOf(module))),
    );
    expect([...new Set(missing)]).toEqual([]);
  });
});

function packageOf(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Whether a relative import leaves its package. */
function leaves(source: string, module: string, folder: string): boolean {
  return !new URL(module, `file:///${source}`).pathname.slice(1).startsWith(`${folder}/src/`);
}
