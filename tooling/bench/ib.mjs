import { join } from "node:path";
import { compare, measure } from "./measure.mjs";

const ROOT = join(import.meta.dirname, "..", "..");

/** What `ib` costs beyond the start of Node: finding the command, loading it, reading the flags. */
export async function ibStart() {
  const document = join(ROOT, "examples", "hello", "hello.yaml");
  return [
    await row("`ib --help`", ["--help"], 2),
    await row("`ib version resolve 1.x.x 1.6.8`", ["version", "resolve", "1.x.x", "1.6.8"], 2),
    await row("`ib component validate` of a document", ["component", "validate", document], 2.5),
  ];
}

async function row(command, parameters, limit) {
  const { ratio, ours, theirs } = await compare(
    31,
    () => measure([process.execPath, join(ROOT, "apps", "ib", "bin", "ib.js"), ...parameters]),
    () => measure([process.execPath, "-e", "0"]),
  );
  const milliseconds = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
  return {
    what: `${command}, next to \`node -e 0\``,
    value: ratio,
    unit: " times",
    limit,
    detail: `${milliseconds(ours)} and ${milliseconds(theirs)}`,
  };
}
