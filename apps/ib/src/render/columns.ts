import { safe, type SafeText } from "@imagewright/diagnostics";

/** Begins the continuation of a line that is wider than the terminal, behind its indent. */
export const CONTINUED = "↪ ";

const WIDTH = 76;
const TIME = 8;

/**
 * Text on the left and the result on the right, followed by the time that it took, which begins in the same column on each line. What does
 * not fit into a terminal's columns stands below.
 */
export function alignRight(left: SafeText, right: SafeText, time: string, columns = WIDTH): SafeText {
  const room = Math.min(columns, WIDTH) - right.width - TIME;
  if (left.width + 2 + right.width + TIME <= columns || columns >= WIDTH)
    return safe`${left}${" ".repeat(Math.max(2, room - left.width))}${right} ${time}`;
  return safe`${left}\n${" ".repeat(Math.max(0, room))}${right} ${time}`;
}
