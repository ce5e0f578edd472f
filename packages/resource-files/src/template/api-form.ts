import { isShapeName, shapeOf, type Shape } from "@imagewright/imagebuilder-model";
import type { MappingEntry, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Resolver } from "./resolver.js";

/** Properties that have another name in CloudFormation than in the API, by the API's shape. */
const OTHER_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateComponentRequest: { Version: "semanticVersion" },
  CreateContainerRecipeRequest: { Version: "semanticVersion" },
  CreateImageRecipeRequest: { Version: "semanticVersion" },
  CreateWorkflowRequest: { Version: "semanticVersion" },
  AmiDistributionConfiguration: { LaunchPermissionConfiguration: "launchPermission" },
};

/**
 * The properties of a resource in the form of the API: functions evaluated where possible, `Name` as `name`. Keys that the API does not
 * have stay as written, and so do the keys of maps such as tags.
 */
export function apiForm(node: ValueNode, shapeName: string, resolver: Resolver): ValueNode | undefined {
  const value = resolver.resolve(node);
  if (value === undefined) return undefined;
  const shape = isShapeName(shapeName) ? shapeOf(shapeName) : undefined;
  if (value.kind === "scalar") return value;
  if (value.kind === "sequence") {
    const items = value.items.flatMap((item) => apiForm(item, shape?.type === "list" ? shape.member : "", resolver) ?? []);
    return { kind: "sequence", items, span: value.span };
  }
  const entries = value.entries.flatMap(({ key, value: inner }): MappingEntry[] => {
    const name = memberName(key.text, shapeName, shape);
    const formed = apiForm(inner, memberShape(name, shape), resolver);
    return formed === undefined ? [] : [{ key: named(key, name), value: formed }];
  });
  return { kind: "mapping", entries, span: value.span };
}

function memberName(written: string, shapeName: string, shape: Shape | undefined): string {
  if (shape?.type !== "structure") return written;
  const name = OTHER_NAMES[shapeName]?.[written] ?? `${written.charAt(0).toLowerCase()}${written.slice(1)}`;
  return Object.hasOwn(shape.members, name) ? name : written;
}

function memberShape(name: string, shape: Shape | undefined): string {
  if (shape?.type === "map") return shape.value;
  return shape?.type === "structure" && Object.hasOwn(shape.members, name) ? (shape.members[name] ?? "") : "";
}

function named(key: ScalarNode, text: string): ScalarNode {
  return key.text === text ? key : { ...key, text };
}
