import { loadDocument } from "../../documents/load-document.js";
import { parametersOf, readComponentDocument } from "../../documents/component-document.js";
import { documentOfScript } from "../../documents/script-document.js";
import { defineCreation } from "../../creation-definition.js";
import { documentBytes, newComponent } from "./new-component.js";

const name = "ImportComponent";

/** Creates the next build of a component that runs a script: of a shell, or of PowerShell for Windows. Source: API model. */
export const importComponent = defineCreation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, { members: { data: "data", uri: "uri" }, mostBytes: documentBytes(services) }),
  resource: (input, { registry }, { text: script, parameter }) => {
    const text = documentOfScript(script, input);
    const { platform } = input;
    const document = readComponentDocument(name, text, { parameter, platform, registry });
    return newComponent(name, { ...input, parameters: parametersOf(document), text });
  },
  arnMember: "componentBuildVersionArn",
});
