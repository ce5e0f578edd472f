/**
 * What is wrong with the lines that steps have written, `start NAME PID` and `end NAME PID`: a step that has not ended, more than one that
 * was repeated, or one that was repeated while its first run still ran.
 */
export function faultsInEffects(text: string): string[] {
  const lines = text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split(" "));
  const names = [...new Set(lines.map(([, name = ""]) => name))];
  const faults = names.flatMap((name) =>
    faultsOf(
      name,
      lines.filter(([, of]) => of === name),
    ),
  );
  const repeated = names.filter((name) => lines.filter(([kind, of]) => kind === "start" && of === name).length > 1);
  return repeated.length > 1 ? [...faults, `more than one step was repeated: ${repeated.join(", ")}`] : faults;
}

function faultsOf(name: string, lines: readonly (readonly string[])[]): string[] {
  const starts = lines.filter(([kind]) => kind === "start").map(([, , pid]) => pid);
  const last = lines.at(-1);
  const faults: string[] = [];
  if (starts.length > 2) faults.push(`${name} was started ${starts.length} times`);
  if (last?.[0] !== "end" || last[2] !== starts.at(-1))
    faults.push(`${name} has not ended last: ${lines.map((line) => line.join(" ")).join("; ")}`);
  let current = "";
  for (const [kind, , pid = ""] of lines) {
    if (kind === "start") current = pid;
    else if (pid !== current) faults.push(`${name} ran beside itself`);
  }
  return faults;
}
