import type { AgentComponent, AgentWork } from "../components/agent-work.js";

/** Components with one phase `build` of bash steps, by their commands; a component is named for its place. */
export function bashComponents(commands: readonly (readonly string[])[]): AgentWork {
  const components = commands.map((lines, index): AgentComponent => {
    const name = `Component ${index + 1}`;
    const text = [
      `name: ${name}`,
      "schemaVersion: 1.0",
      "phases:",
      "  - name: build",
      "    steps:",
      ...lines.map(
        (line, step) => `      - { name: step-${step + 1}, action: ExecuteBash, inputs: { commands: [${JSON.stringify(line)}] } }`,
      ),
      "",
    ].join("\n");
    const steps = lines.map((_, step) => `step-${step + 1}`);
    return { name, path: `component-${index + 1}.yaml`, text, phases: [{ name: "build", steps }], parameters: [] };
  });
  return { components, nestedDocuments: [], phases: ["build", "validate"], workingDirectory: "/tmp" };
}
