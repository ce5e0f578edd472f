import { createRequire } from "node:module";
import { join } from "node:path";
import { standardRegistry } from "@imagewright/action-modules";
import { schemaKey, VALIDITY_OPTIONS, VOCABULARY } from "@imagewright/yaml-syntax";

const SYNTAX = join(import.meta.dirname, "..", "..", "packages", "yaml-syntax");
// the very one that yaml-syntax uses
const load = createRequire(join(SYNTAX, "package.json"));

/**
 * A plugin of esbuild and bun: the checks of the inputs of all action modules are compiled now, and not by each process. They are found
 * by the whole text of their schema, so that one that has changed is compiled by the process.
 */
export const compiledChecks = {
  name: "compiled-checks",
  setup(build) {
    // the file that is replaced is one of the sources
    build.onResolve({ filter: /^@imagewright\/yaml-syntax$/ }, () => ({ path: join(SYNTAX, "src", "index.ts") }));
    build.onLoad({ filter: /[\\/]yaml-syntax[\\/]src[\\/]compiled-checks\.ts$/ }, () => ({
      contents: checksModule(inputSchemas()),
      loader: "js",
      resolveDir: SYNTAX,
    }));
  },
};

/** The input schemas of all action modules, each once. */
export function inputSchemas() {
  const { names, platformsOf, get } = standardRegistry;
  const schemas = names.flatMap((name) => platformsOf(name).map((platform) => get(name, platform).input.schema));
  return [...new Map(schemas.map((schema) => [schemaKey(schema), schema])).values()];
}

/** The code of a module that exports `compiledChecks` for these schemas. */
export function checksModule(schemas) {
  const { Ajv } = load("ajv");
  const { default: standaloneCode } = load("ajv/dist/standalone");
  const ajv = new Ajv({ ...VALIDITY_OPTIONS, code: { source: true, esm: true } }).addVocabulary([...VOCABULARY]);
  const keys = schemas.map(schemaKey);
  keys.forEach((key, index) => ajv.addSchema(schemas[index], key));
  return `${standaloneCode(ajv, Object.fromEntries(keys.map((key) => [key, key])))}\nexport const compiledChecks = { ${keys.join(", ")} };\n`;
}
