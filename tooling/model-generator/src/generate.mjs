// Writes packages/imagebuilder-model/src/generated from the service's API model, which is no part of the repository:
// pnpm --filter @imagewright/model-generator generate [path of service-2.json] [another folder]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles, MODEL, TARGET } from "./generated-files.mjs";

const [model = MODEL, folder = TARGET] = process.argv.slice(2);
for (const [name, text] of await generatedFiles(model)) writeFileSync(join(folder, name), text);
