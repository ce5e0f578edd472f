import type { Catalogue } from "@imagewright/catalogue";
import { parametersOf, readComponentDocument, typeOfComponent } from "../documents/component-document.js";
import { parametersOfWorkflow, readWorkflowDocument } from "../documents/workflow-document.js";
import { newComponent } from "../operations/component/new-component.js";
import { newWorkflow } from "../operations/workflow/new-workflow.js";
import type { NewResource } from "../resources/store-resource.js";
import type { Services } from "../services.js";

/** What CreateComponent and CreateWorkflow would store for the entries of a catalogue. Throws `ApiError` for one that they would refuse. */
export function managedResourcesOf(
  { components, workflows }: Pick<Catalogue, "components" | "workflows">,
  { registry }: Pick<Services, "registry">,
): readonly NewResource[] {
  return [
    ...components.map((component) => {
      const { platform, text } = component;
      const document = readComponentDocument("CreateComponent", text, { parameter: component.name, platform, registry });
      return newComponent("CreateComponent", { ...component, type: typeOfComponent(document), parameters: parametersOf(document) });
    }),
    ...workflows.map((workflow) => {
      const { type, text } = workflow;
      const document = readWorkflowDocument("CreateWorkflow", text, { parameter: workflow.name, type });
      return newWorkflow("CreateWorkflow", { ...workflow, parameters: parametersOfWorkflow(document) });
    }),
  ];
}
