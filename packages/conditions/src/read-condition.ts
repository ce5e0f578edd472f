import type { InputFault } from "@imagewright/action-contract";
import { listOf, quote, unknownName } from "@imagewright/diagnostics";
import type { Comparison } from "./comparison.js";
import { COMPONENT_CONDITIONS, type ConditionLanguage } from "./condition-language.js";
import type { Evaluator, LogicalOperator } from "./logical.js";
import { describeFound, entriesOf, textOf } from "./plain-data.js";

export interface ConditionOptions {
  /** Keys allowed next to the outermost operator and ignored here, such as `then` and `else`. */
  readonly extraKeys?: readonly string[];
  /** What is allowed. Default: `COMPONENT_CONDITIONS`. */
  readonly language?: ConditionLanguage;
}

export interface ReadCondition {
  /** Undefined if the condition cannot be evaluated; there are faults then. */
  readonly evaluate: Evaluator | undefined;
  readonly faults: readonly InputFault[];
}

const DEEPEST_LEVEL = 4;
const TOO_DEEP = `${DEEPEST_LEVEL} levels of logical operators are allowed`;
const JOIN_HELP = 'join conditions with "and" or "or"';

/** Reads plain data as a condition and collects its faults. */
export function readCondition(condition: unknown, { extraKeys = [], language = COMPONENT_CONDITIONS }: ConditionOptions): ReadCondition {
  const reader = new ConditionReader(extraKeys, language);
  const evaluate = reader.read(condition, [], 1);
  return { evaluate, faults: reader.faults };
}

type Path = InputFault["path"];

/** A mapping with its one operator. */
interface Found<Operator> {
  readonly operator: Operator;
  readonly key: string;
  readonly entries: ReadonlyMap<string, unknown>;
  readonly path: Path;
}

class ConditionReader {
  readonly faults: InputFault[] = [];

  constructor(
    private readonly extraKeys: readonly string[],
    private readonly language: ConditionLanguage,
  ) {}

  /** `level` is the depth of an operator at this place, counted from 1. A list of one condition counts as that condition. */
  read(node: unknown, path: Path, level: number): Evaluator | undefined {
    if (Array.isArray(node) && node.length === 1) return this.#readMapping(node[0], [...path, 0], level);
    return this.#readMapping(node, path, level);
  }

  #readMapping(node: unknown, path: Path, level: number): Evaluator | undefined {
    const entries = entriesOf(node);
    if (entries === undefined) return this.#reportNoMapping(node, path);
    const extraKeys = level === 1 ? this.extraKeys : [];
    const keys = [...entries.keys()].filter((key) => this.language.find(key) !== undefined);
    const [key] = keys;
    const operator = key === undefined ? undefined : this.language.find(key);
    if (key === undefined || operator === undefined) return this.#reportNoOperator(entries, path, extraKeys);
    if (keys.length > 1) return this.#fault(path, `a condition must have one operator; found ${listOf(keys, "and")}`, JOIN_HELP);
    if ("takes" in operator) return this.#readLogical({ operator, key, entries, path }, level, extraKeys);
    if (this.language.comparisonsHaveLevels && level > DEEPEST_LEVEL)
      return this.#fault(path, `${quote(operator.name)} is nested too deeply; ${DEEPEST_LEVEL} levels of conditions are allowed`);
    return this.#readComparison({ operator, key, entries, path }, extraKeys);
  }

  #readLogical(found: Found<LogicalOperator>, level: number, extraKeys: readonly string[]): Evaluator | undefined {
    const { operator, key, entries, path } = found;
    if (level > DEEPEST_LEVEL) return this.#fault(path, `${quote(operator.name)} is nested too deeply; ${TOO_DEEP}`);
    this.#reportUnknownKeys(found, extraKeys);
    const items = entries.get(key);
    const place = [...path, key];
    if (operator.takes === "one") {
      const item = this.read(items, place, level + 1);
      return item === undefined ? undefined : operator.join([item]);
    }
    if (!Array.isArray(items))
      return this.#fault(place, `${quote(operator.name)} must be a list of conditions; found ${describeFound(items)}`);
    const { mostItems } = this.language;
    const taken = Number.isFinite(mostItems) ? `1 to ${mostItems} conditions` : "two or more conditions";
    if (items.length === 0) return this.#fault(place, `${quote(operator.name)} must not be empty; it takes ${taken}`);
    if (items.length > mostItems) return this.#fault(place, `${quote(operator.name)} takes ${taken}; found ${items.length}`);
    const read = items.map((item, index) => this.read(item, [...place, index], level + 1));
    return operator.join(read.filter((item) => item !== undefined));
  }

  #readComparison(found: Found<Comparison>, extraKeys: readonly string[]): Evaluator | undefined {
    const { operator, key, path } = found;
    const { testedKey } = operator;
    const hasUnknownKeys = this.#reportUnknownKeys(found, testedKey === undefined ? extraKeys : [testedKey, ...extraKeys]);
    const operand = this.#readText(found, key, operator.name);
    const tested = testedKey === undefined ? operand : this.#readTested(found, testedKey, hasUnknownKeys);
    if (operand === undefined) return undefined;
    const test = operator.prepare(operand);
    if (typeof test !== "function") return this.#fault([...path, key], `${quote(operator.name)} ${test.problem}`, test.help);
    return tested === undefined ? undefined : async (context) => test(tested, context);
  }

  #readTested(found: Found<Comparison>, testedKey: string, hasUnknownKeys: boolean): string | undefined {
    if (found.entries.has(testedKey)) return this.#readText(found, testedKey, testedKey);
    // an unknown key is most likely the missing one, misspelled; one message is enough
    return hasUnknownKeys ? undefined : this.#fault(found.path, `${quote(found.operator.name)} needs ${quote(testedKey)} next to it`);
  }

  #readText({ entries, path }: Found<Comparison>, key: string, label: string): string | undefined {
    const value = entries.get(key);
    return textOf(value) ?? this.#fault([...path, key], `${quote(label)} must be a text or a number; found ${describeFound(value)}`);
  }

  #reportUnknownKeys({ operator, key: ownKey, entries, path }: Found<Comparison | LogicalOperator>, allowed: readonly string[]): boolean {
    const unknown = [...entries.keys()].filter((key) => key !== ownKey && !allowed.includes(key));
    for (const key of unknown) this.#fault(path, `${quote(operator.name)}: ${unknownName("key", key, allowed)}`);
    return unknown.length > 0;
  }

  #reportNoMapping(node: unknown, path: Path): undefined {
    this.#fault(
      path,
      `a condition must be a mapping with one operator; found ${describeFound(node)}`,
      Array.isArray(node) ? JOIN_HELP : undefined,
    );
  }

  #reportNoOperator(entries: ReadonlyMap<string, unknown>, path: Path, extraKeys: readonly string[]): undefined {
    const unknown = [...entries.keys()].filter((key) => !["value", "path", ...extraKeys].includes(key));
    for (const key of unknown) this.#fault(path, unknownName("operator", key, this.language.operatorNames));
    if (unknown.length === 0) this.#fault(path, `a condition needs an operator; allowed: ${listOf(this.language.operatorNames)}`);
  }

  #fault(path: Path, message: string, help?: string): undefined {
    this.faults.push({ path, message, ...(help === undefined ? {} : { help }) });
  }
}
