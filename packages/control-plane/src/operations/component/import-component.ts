import { loadDocument } from "../../documents/load-document.js";
import { parametersOf, readComponentDocument } from "../../documents/component-document.js";
import { documentOfScript } from "../../documents/script-document.js";
import { defineOperation } from "../../operation-definition.js";
import { documentBytes, storeComponent } from "./store-component.js";

const name = "ImportComponent";

/** Creates the next build of a component that runs a script: of a shell, or of PowerShell for Windows. Source: API model. */
export const importComponent = defineOperation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, { members: { data: "data", uri: "uri" }, mostBytes: documentBytes(services) }),
  run: async (input, context, { text: script, parameter }) => {
    const text = documentOfScript(script, input);
    const { platform } = input;
    const document = readComponentDocument(name, text, { parameter, platform, registry: context.services.registry });
    return { componentBuildVersionArn: await storeComponent(context, { ...input, parameters: parametersOf(document), text }) };
  },
});
