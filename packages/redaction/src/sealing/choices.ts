import type { Form } from "../forms/form.js";
import type { Unit } from "../forms/unit.js";

/** Finds the alternative of each unit that together make up the bytes; undefined if there are none. */
export function choicesOf(units: readonly Unit[], bytes: Buffer): number[] | undefined {
  // units and positions in the bytes from which the rest is known not to match
  const dead = new Set<number>();
  const choices: number[] = [];
  const places = [0];
  let next = 0;
  for (;;) {
    const place = places[choices.length] ?? 0;
    if (choices.length === units.length && place === bytes.length) return choices;
    const unit = units[choices.length];
    const choice = unit === undefined ? -1 : fitting(unit, next, bytes, place);
    const end = place + (unit?.alternatives[choice]?.length ?? 0);
    if (choice >= 0 && !dead.has((choices.length + 1) * (bytes.length + 1) + end)) {
      choices.push(choice);
      places[choices.length] = end;
      next = 0;
    } else if (choice >= 0) next = choice + 1;
    else {
      dead.add(choices.length * (bytes.length + 1) + place);
      const last = choices.pop();
      if (last === undefined) return undefined;
      next = last + 1;
    }
  }
}

function fitting(unit: Unit, from: number, bytes: Buffer, place: number): number {
  return unit.alternatives.findIndex((text, index) => index >= from && text.equals(bytes.subarray(place, place + text.length)));
}

/** The bytes of a form for the given choices; undefined if the form has no such choices. */
export function applyChoices({ units }: Form, choices: readonly number[]): Buffer | undefined {
  if (choices.length > units.length) return undefined;
  const pieces = units.map((unit, index) => unit.alternatives[choices[index] ?? 0]);
  return pieces.every((piece) => piece !== undefined) ? Buffer.concat(pieces) : undefined;
}

/** Choices as text: runs of equal ones, `choice` or `choice*length`, without the run of zeros at the end. Numbers are in base 36. */
export function writeChoices(choices: readonly number[]): string {
  const runs: { choice: number; length: number }[] = [];
  for (const choice of choices) {
    const run = runs.at(-1);
    if (run?.choice === choice) run.length++;
    else runs.push({ choice, length: 1 });
  }
  if (runs.at(-1)?.choice === 0) runs.pop();
  return runs.map(({ choice, length }) => (length === 1 ? choice.toString(36) : `${choice.toString(36)}*${length.toString(36)}`)).join(".");
}

/** Parses choices; undefined if the text is invalid. `most` is the maximum number. */
export function readChoices(text: string, most: number): number[] | undefined {
  const choices: number[] = [];
  for (const run of text === "" ? [] : text.split(".")) {
    const [, choice = "", length = "1"] = /^([0-9a-z]{1,4})(?:\*([0-9a-z]{1,6}))?$/.exec(run) ?? [];
    const times = Number.parseInt(length, 36);
    if (choice === "" || choices.length + times > most) return undefined;
    choices.push(...new Array<number>(times).fill(Number.parseInt(choice, 36)));
  }
  return choices;
}
