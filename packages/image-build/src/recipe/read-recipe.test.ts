import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { readRecipe } from "./read-recipe.js";

function read(text: string) {
  return readRecipe(new SourceFile("r.yaml", text));
}

const EVERY_KEY = `name: Web server
semanticVersion: 1.2.3
description: nginx on Debian
parentImage: mmdebstrap:bookworm
workingDirectory: /srv/work
components:
  - document: a.yaml
    semanticVersion: 2.0.0
    parameters:
      - { name: Text, value: hello }
      - { name: List, value: [one] }
      - { name: Number, value: 5 }
  - document: b.yaml
tags: { role: web, count: 1 }
container:
  command: [nginx, -g, daemon off;]
  entrypoint: [/bin/sh]
  exposedPorts: [80, "443"]
  environment: { LANG: C.UTF-8 }
  user: www-data
`;
const RECIPE = {
  ...{
    name: "Web server",
    semanticVersion: "1.2.3",
    description: "nginx on Debian",
    parentImage: "mmdebstrap:bookworm",
    workingDirectory: "/srv/work",
  },
  components: [
    {
      document: "a.yaml",
      semanticVersion: "2.0.0",
      parameters: new Map([
        ["Text", "hello"],
        ["List", "one"],
        ["Number", "5"],
      ]),
    },
    { document: "b.yaml", semanticVersion: "1.0.0", parameters: new Map() },
  ],
  tags: { role: "web", count: "1" },
  container: {
    command: ["nginx", "-g", "daemon off;"],
    entrypoint: ["/bin/sh"],
    exposedPorts: [80, 443],
    environment: { LANG: "C.UTF-8" },
    user: "www-data",
  },
};
const SMALL = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: a.yaml }]\n";

describe("a recipe", () => {
  test("may have every key; keeps the places of values that are checked later", () => {
    const { recipe, diagnostics } = read(EVERY_KEY);
    expect(renderText(diagnostics)).toBe("");
    expect(recipe).toMatchObject(RECIPE);
    const [component] = recipe?.components ?? [];
    const at = (span?: { start: number; end: number }) => EVERY_KEY.slice(span?.start, span?.end);
    expect([at(component?.documentSpan), at(component?.parameterSpans.get("List"))]).toEqual(["a.yaml", "List"]);
  });

  test("may be JSON, and needs four keys only", () => {
    const { recipe, diagnostics } = read(
      JSON.stringify({ name: "web", semanticVersion: "1.0.0", parentImage: "p", components: [{ document: "a.yaml" }] }, null, "\t"),
    );
    expect(renderText(diagnostics)).toBe("");
    expect(recipe).toMatchObject({
      name: "web",
      description: undefined,
      workingDirectory: "/tmp",
      tags: {},
      container: {},
      components: [{ document: "a.yaml", semanticVersion: "1.0.0", parameters: new Map() }],
    });
  });

  test("may have the largest version", () => {
    expect(read(SMALL.replace("1.0.0", "1073741823.0.1")).recipe?.semanticVersion).toBe("1073741823.0.1");
  });
});

test.each([
  ["an empty recipe", ""],
  ["not a mapping", "- a"],
  ["broken YAML", "name: [a"],
  ["none of the required keys", "description: x"],
  [
    "versions that are too large, next to other faults",
    `${SMALL.replace("1.0.0", "1073741824.0.0").replace("a.yaml }", "a.yaml, semanticVersion: 0.0.9999999999 }")}nmae: web\n`,
  ],
  ["versions of another form", SMALL.replace("1.0.0", "1.x.x").replace("a.yaml }", "a.yaml, semanticVersion: 99999999999.0.0 }")],
  ["a name with a blank at its end", SMALL.replace("web", "'web '")],
  ["a variant of Debian that does not exist", SMALL.replace("parentImage: p", "parentImage: mmdebstrap:bookworm/minimum")],
  ["no suite of Debian", SMALL.replace("parentImage: p", "parentImage: 'mmdebstrap:Debian 12'")],
  ["an empty name of the parent image, which is one fault", SMALL.replace("parentImage: p", 'parentImage: ""')],
  ["no components", SMALL.replace("[{ document: a.yaml }]", "[]")],
  ["a component's keys", SMALL.replace("document: a.yaml", "documnt: a.yaml, parameters: [{ name: A, value: [x, y] }, { name: B }]")],
  [
    "settings of the container",
    `${SMALL}workingDirectory: tmp\ncontainer: { exposedPorts: [0, 65536, http], command: nginx, entrypint: [] }\ntags: [a]\n`,
  ],
])("faults: %s", (_what, text) => {
  const { recipe, diagnostics } = read(text);
  expect(recipe).toBeUndefined();
  expect(`\n${renderText(diagnostics)}`).toMatchSnapshot();
});
