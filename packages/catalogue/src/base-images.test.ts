import { checkParentReference } from "@imagewright/build-hosts";
import { readResourceName, slugOf } from "@imagewright/imagebuilder-model";
import { expect, test } from "@jest/globals";
import { BASE_IMAGES } from "./base-images.js";

test.each(BASE_IMAGES.map((image) => [image.name, image] as const))("MGD-004: %s has a name for ARNs and a parent image", (name, image) => {
  expect([readResourceName(name).diagnostics, slugOf(name)]).toEqual([[], name]);
  expect(checkParentReference(image.parentImage)).toBeUndefined();
  expect(image.parentImage).toBe(`mmdebstrap:${image.suite}`);
  expect(image.osVersion).toMatch(new RegExp(`^Debian GNU/Linux ${/\d+/.exec(name)?.[0] ?? ""}$`));
});
