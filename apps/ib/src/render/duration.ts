import { count } from "@imagewright/diagnostics";

/** Formats a duration: `0.4 s`, `12 s`, `3 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;
}

/** Formats an age: `less than a minute`, `5 minutes`, `3 days`. */
export function formatAge(seconds: number): string {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  for (const [name, size] of units) {
    const number = Math.floor(seconds / size);
    if (number > 0) return count(number, name);
  }
  return "less than a minute";
}
