/**
 * What the log of an execution shows of a broken contract: an effect that ran again after the program had seen its step's end, or with
 * another token.
 */
export function faultsInLog(log: readonly string[]): string[] {
  const passed = new Set<string>();
  const tokens = new Map<string, string>();
  return log.flatMap((line, index) => {
    const after = /^after (.+)$/.exec(line)?.[1];
    if (after !== undefined) passed.add(after);
    const [, name, token = ""] = /^effect (.+) (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const first = tokens.get(name) ?? token;
    tokens.set(name, first);
    return [
      ...(passed.has(name) ? [`line ${index + 1}: step ${name} ran again although it had ended`] : []),
      ...(first === token ? [] : [`line ${index + 1}: step ${name} ran again with another token`]),
    ];
  });
}
