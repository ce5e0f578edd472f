import type { Api } from "@imagewright/imagebuilder-model";

// a name that no script can mean
const BRACES = "OpeningBraces";

/** The component document that runs a script in the phase of its type; text of the script in braces stays as it is. */
export function documentOfScript(
  script: string,
  { type, platform }: { readonly type: Api.ComponentType; readonly platform: Api.Platform },
): string {
  const action = platform === "Windows" ? "ExecutePowerShell" : "ExecuteBash";
  const step = { name: "RunScript", action, inputs: { commands: [script.replaceAll("{{", `{{ ${BRACES} }}`)] } };
  const constants = script.includes("{{") ? { constants: [{ [BRACES]: { type: "string", value: "{{" } }] } : {};
  const phases = [{ name: type === "TEST" ? "test" : "build", steps: [step] }];
  return `${JSON.stringify({ schemaVersion: 1, ...constants, phases }, undefined, 2)}\n`;
}
