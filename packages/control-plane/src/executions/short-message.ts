const MOST_CHARACTERS = 500;

/**
 * A message of an execution, cut at 500 characters. Source: API model, `WorkflowExecutionMessage`, `WorkflowStepMessage`,
 * `ImageBuildMessage`.
 */
export function shortMessage(message: string): string {
  return [...message].slice(0, MOST_CHARACTERS).join("");
}
