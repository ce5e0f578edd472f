import { Pattern } from "./pattern.js";
import { readPatternTemplate } from "./template.js";

const NO_VARIABLES = { single: () => undefined };

/** A test of actions by a pattern such as `imagebuilder:Get*`; case does not count. The action is in small letters. */
export function actionPattern(pattern: string): (action: string) => boolean {
  const { template } = readPatternTemplate(pattern.toLowerCase(), { variables: false, wildcards: true });
  const compiled = new Pattern(template);
  return (action) => compiled.test(action, NO_VARIABLES) === true;
}
