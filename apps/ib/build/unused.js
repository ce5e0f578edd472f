// Stands in for packages that oclif needs for what ib does not do: discover commands in folders, choose plugins by patterns, show spinners.
const unused = (name) => () => {
  throw new Error(`${name} is not part of ib`);
};
export const minimatch = unused("minimatch");
export const glob = unused("tinyglobby");
// on a terminal a spinner is made with the first help page, and never shown
export default { dots2: { frames: [] }, line: { frames: [] } };
