import { createComponent } from "./create-component.js";
import { deleteComponent } from "./delete-component.js";
import { getComponent } from "./get-component.js";
import { getComponentPolicy } from "./get-component-policy.js";
import { importComponent } from "./import-component.js";
import { listComponentBuildVersions } from "./list-component-build-versions.js";
import { listComponents } from "./list-components.js";
import { putComponentPolicy } from "./put-component-policy.js";

export const componentOperations = {
  CreateComponent: createComponent,
  DeleteComponent: deleteComponent,
  GetComponent: getComponent,
  GetComponentPolicy: getComponentPolicy,
  ImportComponent: importComponent,
  ListComponentBuildVersions: listComponentBuildVersions,
  ListComponents: listComponents,
  PutComponentPolicy: putComponentPolicy,
};
