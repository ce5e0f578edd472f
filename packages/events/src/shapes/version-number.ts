const NODE_BITS = 30n;

/**
 * A version and its build as one number, by which they can be compared: each node has 30 bits. It is larger than numbers of JavaScript, so
 * it is a text of digits. Source: guide chapter 47, `semver` of the examples: 1.0.0/3 is 1237940039285380274899124227.
 */
export function versionNumber(nodes: readonly [major: number, minor: number, patch: number, build: number]): string {
  return String(nodes.reduce((number, node) => (number << NODE_BITS) | BigInt(node), 0n));
}
