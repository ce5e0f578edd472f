import { defineCreation } from "../../creation-definition.js";
import { parametersOf, readComponentDocument, typeOfComponent } from "../../documents/component-document.js";
import { loadDocument } from "../../documents/load-document.js";
import { documentBytes, newComponent } from "./new-component.js";

const name = "CreateComponent";

/** Creates the next build of a component from a document, which is checked as for a run. Source: API model; guide chapter 20. */
export const createComponent = defineCreation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, { members: { data: "data", uri: "uri" }, mostBytes: documentBytes(services) }),
  resource: (input, { registry }, { text, parameter }) => {
    const document = readComponentDocument(name, text, { parameter, platform: input.platform, registry });
    return newComponent(name, { ...input, type: typeOfComponent(document), parameters: parametersOf(document), text });
  },
  arnMember: "componentBuildVersionArn",
});
