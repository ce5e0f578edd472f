import { formatLocation } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import type { PlannedComponent, PlannedWorkflow } from "./build-plan.js";
import { checkPlanOnHost, type HostSupport } from "./check-plan-on-host.js";
import { digestOf } from "./digest.js";
import { plannedDefaults } from "./planned-defaults.js";

const LOCAL: HostSupport = { host: "podman", hasTestMachines: false, allowHostTests: false };
const STEP = "steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }]";

function component(...phases: readonly string[]): PlannedComponent {
  const text = `schemaVersion: 1.0\nphases:\n${phases.map((name) => `  - name: ${name}\n    ${STEP}\n`).join("")}`;
  const planned = { name: "c", version: "1.0.0", path: "c.yaml", text, digest: digestOf(text), definedParameters: [], parameters: [] };
  return { ...planned, phases: phases.map((name) => ({ name, steps: ["S"] })) };
}

function workflow(type: PlannedWorkflow["type"], ...steps: readonly string[]): PlannedWorkflow {
  const text = `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
  return { name: "w", type, path: "w.yaml", text, digest: digestOf(text), isDefault: false, parameters: [] };
}

const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const HOST_TEST = component("build", "test", "container-host-test");
const REFUSED =
  'c.yaml:7:11 phase "container-host-test" runs as root on the machine that has the container, and podman has no machine for it alone [host-tests-not-allowed]';
const AWS = "it is an operation of AWS, and this build host is a computer of your own [action-not-on-host]";

test.each<[string, readonly PlannedComponent[], readonly PlannedWorkflow[], Partial<HostSupport>, readonly string[]]>([
  ["the default workflows", [component("build", "validate", "test")], plannedDefaults(), {}, []],
  ["tests on the host", [component("build"), HOST_TEST], plannedDefaults(), {}, [REFUSED]],
  ["tests on the host, in machines of their own", [HOST_TEST], plannedDefaults(), { hasTestMachines: true }, []],
  ["tests on the host, which are allowed", [HOST_TEST], plannedDefaults(), { allowHostTests: true }, []],
  ["tests on the host, if no workflow runs tests", [HOST_TEST], [workflow("BUILD", LAUNCH), workflow("TEST", LAUNCH)], {}, []],
  [
    "actions of other hosts",
    [HOST_TEST],
    [
      workflow("BUILD", LAUNCH, "{ name: Register, action: RegisterImage, inputs: {} }"),
      workflow("DISTRIBUTION", "{ name: Distribute, action: DistributeImage }"),
    ],
    {},
    [`w.yaml:4:31 RegisterImage cannot run here: ${AWS}`, `w.yaml:3:33 DistributeImage cannot run here: ${AWS}`],
  ],
  [
    "a document that is named twice",
    [],
    ["w", "w (2)"].map((name) => ({ ...workflow("TEST", LAUNCH, "{ name: Register, action: RegisterImage, inputs: {} }"), name })),
    {},
    [`w.yaml:4:31 RegisterImage cannot run here: ${AWS}`],
  ],
  [
    "a command document that is not there",
    [],
    [
      workflow(
        "BUILD",
        LAUNCH,
        "{ name: Run, action: RunCommand, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: Own } }",
      ),
    ],
    {},
    ['w.yaml:4:109 unknown command document "Own"; allowed: "AWS-RunPowerShellScript" or "AWS-RunShellScript" [unknown-command-document]'],
  ],
])("%s", (_what, components, workflows, support, expected) => {
  const diagnostics = checkPlanOnHost({ components, workflows }, { ...LOCAL, ...support });
  expect(diagnostics.map(({ span, message, code }) => `${formatLocation(span)} ${message} [${code}]`)).toEqual(expected);
});
