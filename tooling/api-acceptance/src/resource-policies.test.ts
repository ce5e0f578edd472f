import { describe, expect } from "@jest/globals";
import { makeComponent, makeContainerRecipe, makeImageRecipe } from "./support/make.js";
import { makeImage } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";
import type { CapabilityId } from "./facts/capabilities.js";

interface SharedKind {
  readonly title: string;
  readonly ids: { readonly get: CapabilityId; readonly put: CapabilityId };
  readonly make: () => Promise<string>;
  readonly missing: string;
  readonly action: string;
  readonly put: (arn: string, policy: string) => Promise<object>;
  readonly get: (arn: string) => Promise<{ policy?: string | undefined }>;
}

const KINDS: readonly SharedKind[] = [
  {
    ...{
      title: "components",
      ids: { get: "API-023", put: "API-064" },
      make: makeComponent,
      missing: "component/none/1.0.0/1",
      action: "GetComponent",
    },
    put: (componentArn, policy) => api.putComponentPolicy({ componentArn, policy }),
    get: (componentArn) => api.getComponentPolicy({ componentArn }),
  },
  {
    ...{ title: "container recipes", ids: { get: "API-025", put: "API-065" }, make: makeContainerRecipe },
    ...{ missing: "container-recipe/none/1.0.0", action: "GetContainerRecipe" },
    put: (containerRecipeArn, policy) => api.putContainerRecipePolicy({ containerRecipeArn, policy }),
    get: (containerRecipeArn) => api.getContainerRecipePolicy({ containerRecipeArn }),
  },
  {
    ...{ title: "images", ids: { get: "API-029", put: "API-066" }, make: makeImage, missing: "image/none/1.0.0/1", action: "GetImage" },
    put: (imageArn, policy) => api.putImagePolicy({ imageArn, policy }),
    get: (imageArn) => api.getImagePolicy({ imageArn }),
  },
  {
    ...{ title: "image recipes", ids: { get: "API-031", put: "API-067" }, make: makeImageRecipe },
    ...{ missing: "image-recipe/none/1.0.0", action: "GetImageRecipe" },
    put: (imageRecipeArn, policy) => api.putImageRecipePolicy({ imageRecipeArn, policy }),
    get: (imageRecipeArn) => api.getImageRecipePolicy({ imageRecipeArn }),
  },
];

/** A policy that allows the account of the resource: what is shared with another one cannot be removed. */
function policyFor(arn: string, action: string): string {
  const statement = { Effect: "Allow", Principal: { AWS: [arn.split(":")[4]] }, Action: [`imagebuilder:${action}`], Resource: [arn] };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

describe.each(KINDS)("policies of $title", ({ ids, make, missing, action, put, get }) => {
  prove(ids.put, async () => {
    const arn = await make();
    expect(Object.values(await put(arn, policyFor(arn, action)))).toContain(arn);
    for (const wrong of ["allow everything", "{}", JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Perhaps" }] })])
      await refused(put(arn, wrong), "InvalidParameterValueException");
    const none = await arnOf(missing.replace("none", uniqueName("none")));
    await refused(put(none, policyFor(none, action)), "ResourceNotFoundException");
    expect(await get(arn)).toMatchObject({ policy: policyFor(arn, action) });
  });

  prove(ids.get, async () => {
    const arn = await make();
    // the model has an empty object for all kinds but components
    if (action === "GetComponent") await refused(get(arn), "ResourceNotFoundException");
    else expect(await get(arn)).toMatchObject({ policy: "{}" });
    await put(arn, policyFor(arn, action));
    expect(await get(arn)).toMatchObject({ policy: policyFor(arn, action) });
    await refused(get(await arnOf(missing.replace("none", uniqueName("none")))), "ResourceNotFoundException");
  });
});
