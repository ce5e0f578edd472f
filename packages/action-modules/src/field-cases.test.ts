import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { standardRegistry as registry } from "./index.js";

const fieldCase = (name: string) => readFileSync(join(import.meta.dirname, "field-cases", name), "utf8");
const check = (name: string, text = fieldCase(name)) =>
  renderText(checkDocument(new SourceFile(name, text), { registry, platforms: ["linux"] }).diagnostics);
/** A document with one step of bash commands. */
const commands = (...lines: readonly string[]) =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Run\n        action: ExecuteBash\n        inputs:\n          commands:\n${lines.map((line) => `            - ${line}\n`).join("")}`;

test("field case unclosed-reference: a warning at the opening braces", () => {
  expect(`\n${check("unclosed.yaml")}`).toMatchSnapshot();
  expect(check("unclosed.yaml", fieldCase("unclosed.yaml").replace('stdout"', 'stdout }}"'))).toBe("");
});

describe("field cases braces-of-go-templates and braces-of-ansible", () => {
  test.each(["go-braces.yaml", "ansible-braces.yaml"])("%s: the help names a constant first, and our own form as ours", (name) => {
    expect(`\n${check(name)}`).toMatchSnapshot();
  });

  test.each(["go-braces-portable.yaml", "ansible-braces-portable.yaml"])("%s is valid", (name) => {
    expect(check(name)).toBe("");
  });

  test.each([
    ["docker ps --format '{{.Names}}'"],
    ["docker inspect -f '{{ range .NetworkSettings.Networks }}{{ .IPAddress }}{{ end }}' web"],
    ['docker images --format "table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}"'],
    ["podman inspect --format '{{ index .Config.Labels \"version\" }}' x"],
    ["gh release view --json tagName --template '{{ .tagName }}'"],
    ["kubectl get pods -o go-template='{{range .items}}{{.metadata.name}} {{end}}'"],
    ["echo '{{ item }}' > task.j2"],
    ["jinja2 -D x=1 <<< '{{ x | upper }}'"],
  ])("what the help says makes %s valid", (command) => {
    const text = commands(JSON.stringify(command));
    const { diagnostics } = checkDocument(new SourceFile("c.yaml", text), { registry, platforms: ["linux"] });
    expect(diagnostics).toHaveLength(1);
    const [, constant, name = ""] = /add (- .*) to "constants" and write (\{\{ \w+ \}\});/.exec(diagnostics[0]?.help ?? "") ?? [];
    const [, written = ""] = /value: '(.*)' \}$/.exec(constant ?? "") ?? [];
    const mended = JSON.stringify(command.replace(written.replaceAll("''", "'"), name));
    expect(check("mended.yaml", `constants:\n  ${constant}\n${commands(mended)}`)).toBe("");
  });
});

test("field case build-to-test-chaining: a warning where the document fails in the service", () => {
  expect(`\n${check("chaining.yaml")}`).toMatchSnapshot();
});
