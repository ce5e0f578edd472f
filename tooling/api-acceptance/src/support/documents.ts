/** A component document with one step in each phase. */
export function componentDocument(says = "hello", phases: readonly string[] = ["build"]): string {
  const steps = (phase: string) => [
    `  - name: ${phase}`,
    "    steps:",
    "      - name: Say",
    "        action: ExecuteBash",
    "        inputs:",
    `          commands: ['echo ${says}']`,
  ];
  return ["name: Say", "schemaVersion: 1.0", "phases:", ...phases.flatMap(steps), ""].join("\n");
}

/** A workflow document that launches an instance and terminates it. */
export function workflowDocument(description = "hello"): string {
  return [
    "name: launch-and-terminate",
    `description: ${description}`,
    "schemaVersion: 1.0",
    "parameters:",
    "  - name: agent",
    "    type: string",
    "    default: ssmAgent",
    "    description: what to wait for",
    "steps:",
    "  - name: Launch",
    "    action: LaunchInstance",
    "    onFailure: Abort",
    "    inputs:",
    "      waitFor: ssmAgent",
    "  - name: Terminate",
    "    action: TerminateInstance",
    "    inputs:",
    "      instanceId.$: $.stepOutputs.Launch.instanceId",
    "",
  ].join("\n");
}

/** A Dockerfile template with everything that the service replaces. */
export const DOCKERFILE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";

export const PARENT_AMI = "ami-0abcdef1234567890";
export const PARENT_CONTAINER = "debian:12";
