import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { entryOf, isMisspelled, valueOf, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";

/** Keys of the service that mean nothing to a build on this machine, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  instanceConfiguration: "the build runs in a container, not on an instance",
  kmsKeyId: "nothing is encrypted here",
  imageOsVersionOverride: "the parent image says what it is",
};

/** Reports what of the service's keys a build cannot do, and what it leaves out. `allowed` has all keys of a recipe. */
export function checkServiceKeys(root: ValueNode, allowed: readonly string[], found: DiagnosticCollector): void {
  if (root.kind !== "mapping") return;
  const isVersionMisspelled = ["semanticVersion", "version"].some((key) => isMisspelled(root, key, allowed));
  if (valueOf(root, "semanticVersion") === undefined && valueOf(root, "version") === undefined && !isVersionMisspelled)
    found.error(
      "missing-key",
      (entryOf(root, "semanticVersion") ?? root.entries[0])?.key.span ?? root.span,
      'the recipe must have "semanticVersion"',
    );
  const uri = entryOf(root, "dockerfileTemplateUri");
  if (uri !== undefined && valueOf(root, "dockerfileTemplateUri") !== undefined)
    found.error("dockerfile-elsewhere", uri.key.span, '"dockerfileTemplateUri" is not read', {
      help: 'leave it out if the template has the placeholders of the service only; write other settings of the image below "container"',
    });
  const dryRun = valueOf(root, "dryRun");
  if (isTrue(dryRun)) found.error("value-not-allowed", dryRun.span, '"dryRun" must be false: a build is no dry run');
  for (const { key, value } of root.entries) {
    const reason = Object.hasOwn(WITHOUT_EFFECT, key.text) ? WITHOUT_EFFECT[key.text] : undefined;
    if (reason !== undefined && valueOf(root, key.text) !== undefined)
      note(found, "without-effect", key, `${quote(key.text)} has no effect: ${reason}`);
    if (key.text === "targetRepository" && value.kind === "mapping")
      note(found, "not-pushed", key, "the image is not pushed to the target repository; a build keeps it on this machine");
  }
}

function note(found: DiagnosticCollector, code: string, { span }: ScalarNode, message: string): void {
  found.add([{ code, severity: "info", message, span }]);
}

function isTrue(node: ValueNode | undefined): node is ScalarNode {
  return node?.kind === "scalar" && node.text.toLowerCase() === "true";
}

const COMPONENT_KEYS = ["document", "componentArn", "semanticVersion", "parameters"];

function isDocumentMisspelled(item: ValueNode): boolean {
  return ["document", "componentArn"].some((key) => isMisspelled(item, key, COMPONENT_KEYS));
}

/** Each component has a document: a path, an `s3://` address or an ARN under "document", or an ARN under "componentArn". */
export function checkComponentKeys(root: ValueNode, found: DiagnosticCollector): void {
  const components = valueOf(root, "components");
  for (const item of components?.kind === "sequence" ? components.items : []) {
    if (item.kind !== "mapping") continue;
    const [document, arn] = [valueOf(item, "document"), entryOf(item, "componentArn")];
    const hasArn = valueOf(item, "componentArn") !== undefined;
    if (document === undefined && !hasArn && !(item.entries.length === 1 || isDocumentMisspelled(item)))
      found.error(
        "missing-key",
        item.entries[0]?.key.span ?? item.span,
        'each item of "components" must have "document" or "componentArn"',
      );
    if (document !== undefined && hasArn && arn !== undefined)
      found.error(
        "value-not-allowed",
        arn.key.span,
        '"document" and "componentArn" stand in one component; both name its document, so one is enough',
      );
  }
}
