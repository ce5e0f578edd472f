import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import { readRecipe } from "./read-recipe.js";

const HEAD = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: a.yaml }]\n";
const OWN = "arn:aws:imagebuilder:eu-west-1:123456789012:workflow/test/smoke/1.x.x";

function read(text: string) {
  const { recipe, diagnostics } = readRecipe(new SourceFile("r.yaml", text));
  return { recipe, shown: diagnostics.map(({ span, message, code }) => `${formatLocation(span).slice(7)} ${message} [${code}]`) };
}

test("the workflows of a recipe, in the form of the API, with documents besides", () => {
  const text = `${HEAD}workflows:
  - document: flows/build.yaml
    type: BUILD
    parameters:
      - { name: size, value: [large] }
      - { name: count, value: 2 }
      - { name: all, value: [a, b] }
  - workflowArn: ${OWN}
    parallelGroup: smoke
    onFailure: CONTINUE
`;
  const { recipe, shown } = read(text);
  expect(shown).toEqual([]);
  expect(recipe?.workflows).toMatchObject([
    {
      ...{ document: "flows/build.yaml", type: "BUILD", parallelGroup: undefined, onFailure: undefined },
      parameters: new Map([
        ["size", ["large"]],
        ["count", ["2"]],
        ["all", ["a", "b"]],
      ]),
    },
    { document: OWN, type: "TEST", parallelGroup: "smoke", onFailure: "CONTINUE", parameters: new Map() },
  ]);
  expect(recipe?.workflows?.map(({ documentSpan: { start, end } }) => text.slice(start, end))).toEqual(["flows/build.yaml", OWN]);
});

test("a recipe without workflows has none", () => expect(read(HEAD).recipe?.workflows).toBeUndefined());

const KEYS = '"document", "onFailure", "parallelGroup", "parameters", "type" or "workflowArn"';

test.each<[string, string, string[]]>([
  ["an empty list", "[]", ['"workflows" must not be empty [value-empty]']],
  ["no list", "{ document: a.yaml }", ['"workflows" must be a list; found a mapping [wrong-type]']],
  ["no list but a text", "build.yaml", ['"workflows" must be a list; found "build.yaml" [wrong-type]']],
  ["no mapping", "[build.yaml]", ['each item of "workflows" must be a mapping; found "build.yaml" [wrong-type]']],
  ["nothing that names a document", "[{ type: TEST }]", ['each item of "workflows" must have "document" or "workflowArn" [missing-key]']],
  [
    "a misspelled key",
    "[{ documnt: a.yaml }]",
    [`each item of "workflows": unknown key "documnt"; allowed: ${KEYS}; did you mean "document"? [unknown-key]`],
  ],
  [
    "two documents",
    `[{ document: a.yaml, workflowArn: "${OWN}" }]`,
    ['"document" and "workflowArn" stand in one workflow; each names one, so one is too many [value-not-allowed]'],
  ],
  [
    "an ARN for a path",
    `[{ document: "${OWN}" }]`,
    [`"document" must be a path or an s3:// address; found "${OWN.slice(0, 60)}…" [value-not-allowed]`],
  ],
  [
    "a path for an ARN",
    "[{ workflowArn: a.yaml }]",
    [
      `"workflowArn" must be the ARN of a workflow's version, with wildcards or not, or of a build of it: arn:aws:imagebuilder:<region>:<owner>:workflow/<type>/<name>/<major>.<minor>.<patch>[/<build>]; found "a.yaml" [value-not-allowed]`,
    ],
  ],
  [
    "a type that is none",
    "[{ document: a.yaml, type: build }]",
    ['"type" must be "BUILD", "DISTRIBUTION" or "TEST"; found "build"; did you mean "BUILD"? [value-not-allowed]'],
  ],
  [
    "another type than that of the ARN",
    `[{ workflowArn: "${OWN}", type: BUILD }]`,
    ['"type" must be "TEST", as "workflowArn" says; found "BUILD" [value-not-allowed]'],
  ],
  [
    "settings of tests",
    "[{ document: a.yaml, parallelGroup: 'a b', onFailure: Continue }]",
    [
      `"parallelGroup" must be the name of a group: 1 to 100 letters, digits and "-_+#", a letter or digit first; found "a b" [value-not-allowed]`,
      '"onFailure" must be "ABORT" or "CONTINUE"; found "Continue"; did you mean "CONTINUE"? [value-not-allowed]',
    ],
  ],
  [
    "parameters",
    "[{ document: a.yaml, parameters: [{ name: a, value: {} }, { name: a, value: x }, { value: y }, { name: '', value: z }] }]",
    [
      '"value" must be a string or a list; found a mapping [wrong-type]',
      '"name" must not be empty [value-empty]',
      'each item of "parameters" must have "name" [missing-key]',
      'the parameter "a" is given twice [duplicate-name]',
    ],
  ],
])("faults: %s", (_what, workflows, expected) => {
  const { recipe, shown } = read(`${HEAD}workflows: ${workflows}\n`);
  expect(recipe).toBeUndefined();
  expect(shown.map((line) => line.replace(/^\d+:\d+ /, "")).sort()).toEqual([...expected].sort());
});

test("the place of a fault is its key or its value", () => {
  const { shown } = read(`${HEAD}workflows:\n  - document: a.yaml\n    onFailure: STOP\n    group: x\n`);
  expect(shown).toEqual([
    '7:16 "onFailure" must be "ABORT" or "CONTINUE"; found "STOP" [value-not-allowed]',
    `8:5 each item of "workflows": unknown key "group"; allowed: ${KEYS} [unknown-key]`,
  ]);
});

test("a recipe is one of container images if it has workflows, whatever its components are named by", () => {
  const component = "arn:aws:imagebuilder:us-west-2:aws:component/update-linux/x.x.x";
  const head = HEAD.replace("document: a.yaml", `componentArn: "${component}"`);
  expect(read(`${head}workflows: [{ workflowArn: "${OWN}" }]\n`)).toMatchObject({ recipe: { name: "web" }, shown: [] });
});

test("in the request of CreateContainerRecipe workflows stand beside its members; in a template they are those of a pipeline or an image", () => {
  const members = { name: "web", containerType: "DOCKER", parentImage: "p", components: [{ componentArn: "arn:aws:x" }] };
  const workflows = [{ workflowArn: OWN }];
  const { recipe } = read(JSON.stringify({ ...members, semanticVersion: "1.0.0", workflows }));
  expect(recipe?.workflows?.map(({ document, type }) => [document, type])).toEqual([[OWN, "TEST"]]);
  const upper = (object: object) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value as unknown]));
  const Properties = { ...upper(members), Components: members.components.map(upper), Version: "1.0.0", Workflows: workflows.map(upper) };
  const template = { Resources: { Recipe: { Type: "AWS::ImageBuilder::ContainerRecipe", Properties } } };
  expect(read(JSON.stringify(template)).shown.map((line) => line.replace(/^[\d:]+ /, ""))).toEqual([
    'a container recipe of a template has no "Workflows"; a pipeline or an image has [workflows-elsewhere]',
  ]);
});
