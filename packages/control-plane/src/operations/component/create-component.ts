import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { loadDocument } from "../../documents/load-document.js";
import { parametersOf, readComponentDocument, typeOfComponent } from "../../documents/component-document.js";
import { defineOperation } from "../../operation-definition.js";
import { documentBytes, storeComponent } from "./store-component.js";

const name = "CreateComponent";

/** Creates the next build of a component from a document, which is checked as for a run. Source: API model; guide chapter 20. */
export const createComponent = defineOperation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, { members: { data: "data", uri: "uri" }, mostBytes: documentBytes(services) }),
  run: async (input, context, { text, parameter }) => {
    const { registry } = context.services;
    const document = readComponentDocument(name, text, { parameter, platform: input.platform, registry });
    const arn = await storeComponent(context, { ...input, type: typeOfComponent(document), parameters: parametersOf(document), text });
    return { componentBuildVersionArn: arn, latestVersionReferences: latestVersionReferences(parseArn(arn)) };
  },
});
