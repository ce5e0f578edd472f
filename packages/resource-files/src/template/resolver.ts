import { DiagnosticCollector, quote, unknownName, type Span } from "@imagewright/diagnostics";
import { describeNode, valueOf, type ScalarNode, type SequenceNode, type ValueNode } from "@imagewright/yaml-syntax";
import { faultyText, joinTexts, sliceText, textAt, unknownText, type PlacedText } from "../places/placed-text.js";
import { placedTextOf } from "../places/scalar-places.js";
import { callOf, functionName, type FunctionCall } from "./function-call.js";
import { defaultOf } from "./parameter-value.js";
import { subParts } from "./sub-parts.js";
import type { Template } from "./template.js";

// functions within functions can double a text at each level
const MOST_CALLS = 100_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

type Names = ReadonlyMap<string, ValueNode>;

/** Evaluates the functions of a template as far as possible without an account. A value that is not known becomes a placeholder text. */
export class Resolver {
  readonly found = new DiagnosticCollector();
  /** The texts that functions made, by their nodes. */
  readonly #texts = new Map<ScalarNode, PlacedText>();
  /** The logical IDs of the resources that nodes refer to. */
  readonly #resources = new Map<ScalarNode, string>();

  #calls = 0;
  #characters = 0;
  #isTooMuch = false;

  constructor(private readonly template: Template) {}

  /** The text of a scalar, as `resolve` gave it, with its places. */
  textOf(node: ScalarNode): PlacedText {
    return this.#texts.get(node) ?? placedTextOf(node);
  }

  /** The logical id of the resource that a reference leads to. */
  resourceOf(node: ScalarNode): string | undefined {
    return this.#resources.get(node);
  }

  /** Whether a part of the scalar is not known. */
  isOpen(node: ScalarNode): boolean {
    return (this.#texts.get(node)?.unknown.length ?? 0) > 0;
  }

  /** The names of the values in a scalar that are not known, except those with faults. */
  unknownIn(node: ScalarNode): readonly string[] {
    return (this.#texts.get(node)?.unknown ?? []).flatMap(({ name }) => name ?? []);
  }

  /**
   * The value of a node, undefined for one that is left out (`AWS::NoValue`); what is below a list or mapping is left as it
   * is.
   */
  resolve(node: ValueNode): ValueNode | undefined {
    const call = callOf(node);
    return call === undefined ? node : this.#call(call);
  }

  #call(call: FunctionCall): ValueNode | undefined {
    this.#calls += 1;
    if (this.#calls > MOST_CALLS || this.#characters > MOST_CHARACTERS) return this.#tooMuch(call.span);
    switch (call.name) {
      case "Ref":
        return call.argument.kind === "scalar" ? this.#named(call.argument.text, call.span) : this.#malformed(call, "a name");
      case "GetAtt":
        return this.#attribute(call);
      case "Sub":
        return this.#sub(call);
      case "Join":
        return this.#join(call);
      case "Select":
        return this.#select(call);
      case "Split":
        return this.#split(call);
      case "FindInMap":
        return this.#findInMap(call);
      default:
        return this.#unknown(functionName(call.name), call.span);
    }
  }

  #tooMuch(span: Span): ScalarNode {
    if (!this.#isTooMuch)
      this.found.error(
        "template-too-large",
        span,
        `the functions of this template are called more than ${MOST_CALLS} times, or make more than ${MOST_CHARACTERS} characters, up to here`,
      );
    this.#isTooMuch = true;
    return this.#faulty("Fn", span);
  }

  #named(name: string, span: Span): ValueNode | undefined {
    if (name === "AWS::NoValue") return undefined;
    if (name.startsWith("AWS::")) return this.#unknown(name, span);
    const parameter = this.template.parameters.get(name);
    if (parameter !== undefined) return this.#parameter(name, parameter, span);
    if (this.template.resources.has(name)) return this.#reference(name, name, span);
    if (this.#mayBeMade) return this.#unknown(name, span);
    this.found.error("unknown-name", span, unknownName("parameter or resource", name, this.#names));
    return this.#faulty(name, span);
  }

  #parameter(name: string, parameter: ValueNode, span: Span): ValueNode {
    const value = defaultOf(parameter);
    if (value === undefined) return this.#unknown(name, span);
    if (!("kind" in value)) return this.#list(value, span);
    return this.#scalar({ ...value, span }, textAt(value.text, span.start));
  }

  /** Whether names may come from elsewhere: a macro or a loop makes parts of the template. */
  get #mayBeMade(): boolean {
    return this.template.hasTransform || this.template.loops.length > 0;
  }

  get #names(): string[] {
    return [...this.template.parameters.keys(), ...this.template.resources.keys()];
  }

  #attribute({ argument, span, ...call }: FunctionCall): ValueNode {
    const parts = argument.kind === "sequence" ? argument.items : [argument];
    const texts = parts.map((part) => (part.kind === "scalar" ? part.text : ""));
    if (argument.kind === "mapping" || texts.includes(""))
      return this.#malformed({ argument, span, ...call }, "a resource and its attribute");
    const name = texts.join(".");
    return this.#reference(name.split(".")[0] ?? "", name, span);
  }

  #reference(id: string, name: string, span: Span): ScalarNode {
    const node = this.#unknown(name, span);
    if (this.template.resources.has(id)) this.#resources.set(node, id);
    return node;
  }

  #sub(call: FunctionCall): ValueNode {
    const { argument, span } = call;
    const [text, names] = argument.kind === "sequence" ? argument.items : [argument];
    if (text?.kind !== "scalar" || (names !== undefined && names.kind !== "mapping"))
      return this.#malformed(call, "a text, or a list of a text and a mapping");
    const given: Names = new Map((names?.entries ?? []).map(({ key, value }) => [key.text, value]));
    const written = placedTextOf(text);
    const parts = subParts(text.text).map((part): PlacedText => {
      if (part.kind === "text") return sliceText(written, part.start, part.end);
      if (part.kind === "escape")
        return joinTexts([sliceText(written, part.start, part.start + 2), sliceText(written, part.nameStart, part.end)]);
      const start = written.offsets[part.start] ?? span.start;
      const end = (written.offsets[part.end - 1] ?? start) + 1;
      return this.#substitute(part.name, { ...span, start, end }, given);
    });
    return this.#scalar({ kind: "scalar", text: "", type: "string", span }, joinTexts(parts));
  }

  #substitute(name: string, span: Span, given: Names): PlacedText {
    const own = given.get(name);
    if (own !== undefined) return this.#textFor(own, name, span.start);
    if (!/^[\w.:]+$/.test(name)) return this.#notForSub(name, span, "is not a name of CloudFormation");
    if (name.includes(".")) return unknownText(name, span.start);
    if (!name.startsWith("AWS::") && !this.#mayBeMade && !this.#names.includes(name))
      return this.#notForSub(name, span, "is not a parameter or resource of this template");
    const value = this.#named(name, span);
    return value === undefined || value.kind !== "scalar" ? unknownText(name, span.start) : this.textOf(value);
  }

  /** In a script, `${…}` is usually for the shell. */
  #notForSub(name: string, span: Span, problem: string): PlacedText {
    const shown = quote(`\${${name}}`);
    this.found.error("unknown-name", span, `${shown} in Fn::Sub ${problem}`, {
      help: `write ${quote(`\${!${name}}`)} for a text that the shell is to see as ${shown}`,
    });
    return faultyText(name, span.start);
  }

  /** The text of a value; all of it has the place where it is inserted. */
  #textFor(node: ValueNode, name: string, offset: number): PlacedText {
    const value = this.resolve(node);
    if (value === undefined || value.kind !== "scalar") return unknownText(name, offset);
    const { text, unknown } = this.textOf(value);
    return { ...textAt(text, offset), unknown };
  }

  #join(call: FunctionCall): ValueNode {
    const [delimiter, list] = call.argument.kind === "sequence" ? call.argument.items : [];
    if (delimiter?.kind !== "scalar" || list === undefined) return this.#malformed(call, "a list of a delimiter and a list");
    const items = this.resolve(list);
    if (items === undefined || items.kind !== "sequence") return this.#unknown("Fn::Join", call.span);
    const parts: PlacedText[] = [];
    for (const item of items.items) {
      const value = this.resolve(item);
      if (value === undefined) continue;
      if (parts.length > 0) parts.push(textAt(delimiter.text, item.span.start));
      parts.push(value.kind === "scalar" ? this.textOf(value) : unknownText("Fn::Join", item.span.start));
    }
    return this.#scalar({ kind: "scalar", text: "", type: "string", span: call.span }, joinTexts(parts));
  }

  #select(call: FunctionCall): ValueNode | undefined {
    const [index, list] = call.argument.kind === "sequence" ? call.argument.items : [];
    if (index === undefined || list === undefined) return this.#malformed(call, "a list of an index and a list");
    const [position, items] = [this.resolve(index), this.resolve(list)];
    if (position === undefined || position.kind !== "scalar" || items === undefined || items.kind !== "sequence")
      return this.#unknown("Fn::Select", call.span);
    const item = items.items[Number(position.text)];
    return item === undefined ? this.#unknown("Fn::Select", call.span) : this.resolve(item);
  }

  #split(call: FunctionCall): ValueNode {
    const [delimiter, text] = call.argument.kind === "sequence" ? call.argument.items : [];
    if (delimiter?.kind !== "scalar" || text === undefined) return this.#malformed(call, "a list of a delimiter and a text");
    const value = this.resolve(text);
    if (value === undefined || value.kind !== "scalar" || this.isOpen(value)) return this.#unknown("Fn::Split", call.span);
    return this.#list(this.textOf(value).text.split(delimiter.text), call.span);
  }

  #findInMap(call: FunctionCall): ValueNode | undefined {
    const keys = call.argument.kind === "sequence" ? call.argument.items.slice(0, 3).map((key) => this.resolve(key)) : [];
    if (keys.length < 3) return this.#malformed(call, "a list of a mapping's name and two keys");
    let value = this.template.mappings;
    for (const key of keys) {
      const isKnown = key !== undefined && key.kind === "scalar" && !this.isOpen(key);
      value = isKnown ? valueOf(value, this.textOf(key).text) : undefined;
    }
    // a mapping has plain values only
    return value === undefined || callOf(value) !== undefined ? this.#unknown("Fn::FindInMap", call.span) : value;
  }

  #malformed({ name, argument, span }: FunctionCall, takes: string): ScalarNode {
    this.found.error("wrong-type", argument.span, `${quote(functionName(name))} takes ${takes}; found ${describeNode(argument)}`);
    return this.#faulty(functionName(name), span);
  }

  #list(texts: readonly string[], span: Span): SequenceNode {
    return {
      kind: "sequence",
      items: texts.map((text) => this.#scalar({ kind: "scalar", text, type: "string", span }, textAt(text, span.start))),
      span,
    };
  }

  #unknown(name: string, span: Span): ScalarNode {
    return this.#scalar({ kind: "scalar", text: "", type: "string", span }, unknownText(name, span.start));
  }

  #faulty(name: string, span: Span): ScalarNode {
    return this.#scalar({ kind: "scalar", text: "", type: "string", span }, faultyText(name, span.start));
  }

  #scalar(node: ScalarNode, text: PlacedText): ScalarNode {
    const made: ScalarNode = { kind: "scalar", text: text.text, type: node.type, span: node.span };
    this.#characters += text.text.length;
    this.#texts.set(made, text);
    return made;
  }
}
