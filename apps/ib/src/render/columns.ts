import { safe, type SafeText } from "@imagewright/diagnostics";

const WIDTH = 76;

/** Text on the left and the result on the right, followed by the time that it took, which begins in the same column on each line. */
export function alignRight(left: SafeText, right: SafeText, time: string): SafeText {
  const room = WIDTH - left.width - right.width - 8;
  return safe`${left}${" ".repeat(Math.max(2, room))}${right} ${time}`;
}
