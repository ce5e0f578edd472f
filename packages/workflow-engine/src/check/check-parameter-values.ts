import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import { checkSchema, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import { withoutChaining } from "../references/chained-keys.js";
import { hasReference, onlyReference } from "../references/workflow-reference.js";
import type { WorkflowDocument, WorkflowParameter, WorkflowParameterValue, WorkflowStep } from "../syntax/workflow-document.js";
import { mappingsIn, operatorOf } from "./check-condition.js";
import { inputScalars } from "./expected-type.js";

/** The value that a parameter has, and what it is called in messages: `the default of parameter "size"`. */
export interface KnownParameterValue {
  readonly value: WorkflowParameterValue;
  readonly label: string;
}

export interface ParameterValueCheck {
  readonly document: WorkflowDocument;
  readonly registry: StepActionRegistry;
  /** The value of a parameter as far as it is known. */
  readonly valueOf: (parameter: WorkflowParameter) => KnownParameterValue | undefined;
  readonly severity: Diagnostic["severity"];
}

/**
 * Reports the places at which a parameter is used and whose action or operator does not take its value. Parameters of a type that the place
 * does not take are not reported: that is a fault without any value.
 */
export function checkParameterValues(check: ParameterValueCheck): Diagnostic[] {
  return check.document.steps.flatMap((step) => [...faultsOfInputs(step, check), ...faultsOfCondition(step, check)]);
}

/** A parameter at a place of the document. */
interface Use {
  readonly parameter: WorkflowParameter;
  readonly known: KnownParameterValue;
  /** Undefined if the value has no such item. */
  readonly value: WorkflowParameterValue | undefined;
  readonly span: Span;
}

function faultsOfInputs({ action, inputs }: WorkflowStep, check: ParameterValueCheck): Diagnostic[] {
  const contract = check.registry.get(action.text);
  if (contract === undefined || inputs === undefined) return [];
  const { node } = withoutChaining(inputs);
  const uses = new Map<ScalarNode, Use>();
  for (const { scalar, expected } of inputScalars(node, contract.input)) {
    const use = useAt(scalar, check);
    const type = use === undefined || Array.isArray(use.value) ? use?.parameter.type : typeOfItem(use.parameter);
    if (use !== undefined && (expected.type === "any" || expected.type === type)) uses.set(scalar, use);
  }
  if (uses.size === 0) return [];
  const byPlace = new Map([...uses.values()].map((use) => [use.span, use] as const));
  const faults = checkSchema(withValues(node, uses), contract.input, { what: `the inputs of ${contract.name}`, unknown: hasReference });
  return [...byPlace.values()].flatMap((use) => {
    if (use.value === undefined) return report(use, "has no such item", check);
    const messages = faults.filter(({ span }) => span === use.span).map(({ message }) => message);
    return messages.slice(0, 1).flatMap((message) => report(use, `is not allowed here: ${message}`, check));
  });
}

function faultsOfCondition({ condition }: WorkflowStep, check: ParameterValueCheck): Diagnostic[] {
  const comparisons = condition === undefined ? [] : [...mappingsIn(condition)].map((node) => ({ operator: operatorOf(node), node }));
  return comparisons.flatMap(({ operator, node }) =>
    node.entries.flatMap(({ value: operand }) => {
      const use = operator === "" || operand.kind !== "scalar" ? undefined : useAt(operand, check);
      // values of the other types are what the type says
      if (typeof use?.value !== "string" || canCompare(operator, use.value)) return [];
      return report(use, `cannot be compared by ${quote(operator)}; found ${quote(use.value)}`, check);
    }),
  );
}

function canCompare(operator: string, text: string): boolean {
  if (/^number/i.test(operator)) return /^[-+]?\d{1,300}(\.\d{1,300})?$/.test(text.trim());
  return !/^boolean/i.test(operator) || /^(true|false)$/i.test(text.trim());
}

function report({ known, parameter, span }: Use, problem: string, { severity }: ParameterValueCheck): Diagnostic[] {
  const related = [{ message: "the parameter is defined here", span: parameter.name.span }];
  return [{ code: "parameter-value", severity, message: `${known.label} ${problem}`, span, related }];
}

/** The parameter to which a whole scalar refers, if its value is known. The span is a new object, by which its faults are found. */
function useAt(scalar: ScalarNode, { document, valueOf }: ParameterValueCheck): Use | undefined {
  const reference = onlyReference(scalar);
  if (reference?.root !== "parameters") return undefined;
  const parameter = document.parameters.find(({ name }) => name.text === reference.name);
  const known = parameter === undefined ? undefined : valueOf(parameter);
  if (parameter === undefined || known === undefined) return undefined;
  const [index, ...rest] = reference.path;
  if (index !== undefined && (rest.length > 0 || typeof index !== "number" || !Array.isArray(known.value))) return undefined;
  const value = index === undefined ? known.value : (known.value as readonly string[])[index];
  return { parameter, known, value, span: { ...scalar.span } };
}

function typeOfItem({ type }: WorkflowParameter): WorkflowParameter["type"] {
  return type === "stringList" ? "string" : type;
}

function withValues(node: ValueNode, uses: ReadonlyMap<ScalarNode, Use>): ValueNode {
  if (node.kind === "sequence") return { ...node, items: node.items.map((item) => withValues(item, uses)) };
  if (node.kind === "mapping") return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: withValues(value, uses) })) };
  const use = uses.get(node);
  return use?.value === undefined ? node : nodeOf(use.value, use.span);
}

function nodeOf(value: WorkflowParameterValue, span: Span): ValueNode {
  if (typeof value === "object") return { kind: "sequence", items: value.map((item) => nodeOf(item, span)), span };
  return { kind: "scalar", text: String(value), type: typeof value as "string" | "number" | "boolean", span };
}

/** Reports where the values of a run are used and not allowed. */
export function checkGivenParameters(
  document: WorkflowDocument,
  registry: StepActionRegistry,
  values: ReadonlyMap<string, WorkflowParameterValue>,
): Diagnostic[] {
  const valueOf = ({ name }: WorkflowParameter) => {
    const value = values.get(name.text);
    return value === undefined ? undefined : { value, label: `the value of parameter ${quote(name.text)}` };
  };
  return checkParameterValues({ document, registry, valueOf, severity: "error" });
}
