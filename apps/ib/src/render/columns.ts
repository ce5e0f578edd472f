const WIDTH = 76;

/** Text on the left and the result on the right; widths are computed from the `plain` texts, without colour codes. */
export function alignRight(left: string, right: string, plainRight: string, plainLeft = left): string {
  const room = WIDTH - plainLeft.length - plainRight.length - 8;
  return `${left}${" ".repeat(Math.max(2, room))}${right}`;
}
