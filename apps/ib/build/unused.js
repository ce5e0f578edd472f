// Stands in for packages that oclif has for what ib does not do: to discover commands in folders, to choose plugins by patterns, and to show
// spinners.
const unused = (name) => () => {
  throw new Error(`${name} is not part of ib`);
};
export const minimatch = unused("minimatch");
export const glob = unused("tinyglobby");
export default {};
