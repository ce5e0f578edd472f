export { openComponent, openComponents, type OpenedComponents, type Take } from "./components/open-components.js";
export type { ComponentText } from "./components/component-text.js";
export { openResource, type OpenedResource, type OpenOptions } from "./open-resource.js";
export type { Resource, Values } from "./resource.js";
export { toSource, type PlacedText } from "./places/placed-text.js";
export type { OpenValues } from "./unknown-value.js";
export type { FileKind } from "./kind/file-kind.js";
export { identify, type Identified } from "./kind/identify.js";
export { otherKind } from "./kind/other-kind.js";
