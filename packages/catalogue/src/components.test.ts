import { readdirSync } from "node:fs";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import { COMPONENTS } from "./components.js";
import { checkCatalogueComponent } from "./own/check-document.js";

test("MGD-002, MGD-003: each document of the folder is a component, in the order of names", () => {
  const files = readdirSync(new URL("components/", import.meta.url)).sort();
  expect(COMPONENTS.map(({ name }) => `${name}.yaml`)).toEqual(files);
});

describe.each(COMPONENTS.map((component) => [component.name, component] as const))("%s", (name, component) => {
  test("has its name, description and platform, and neither errors nor warnings", () => {
    const { description, diagnostics } = checkCatalogueComponent(new SourceFile(`${name}.yaml`, component.text), component.platform);
    expect([renderText(diagnostics), description]).toEqual(["", component.description]);
    expect(component.text).toContain(`name: ${name}\n`);
    expect(component.platform).toBe(name.endsWith("-windows") ? "Windows" : "Linux");
  });

  test("is no document for the other platform, or has nothing of a platform in it", () => {
    const other = component.platform === "Linux" ? "Windows" : "Linux";
    const { diagnostics } = checkCatalogueComponent(new SourceFile(`${name}.yaml`, component.text), other);
    // the modules of these two have the same name on both
    expect(diagnostics.length > 0).toBe(!/^(update|reboot)-/.test(name));
  });
});
