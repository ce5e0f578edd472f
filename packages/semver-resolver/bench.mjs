// What a query among a million versions takes, beside `maxSatisfying` of the package semver on the same versions.
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import semver from "semver";
import { parsePattern, parseVersion, VersionIndex } from "./dist/index.js";

const VERSIONS = 1_000_000;
const ADDED = 20_000;
const PATTERNS = ["x.x.x", "7.x.x", "42.17.x", "99.999.x", "3.1.4", "100.x.x", "50.500.x", "0.0.0"];

export async function bench() {
  const texts = distinctTexts(VERSIONS + ADDED);
  const [texts1, texts2] = [texts.slice(0, VERSIONS), texts.slice(VERSIONS)];
  const [versions, theirVersions] = [texts1.map((text) => parseVersion(text)), texts1.map((text) => new semver.SemVer(text))];
  const reading = readingRatio(texts2);
  const [build, index] = timed(() => new VersionIndex(versions));
  const answers = PATTERNS.map((pattern) => index.newest(pattern)?.text ?? null);

  // the same answers first, then the time: theirs looks at every version, ours is asked often enough to be measured
  const [theirTexts, fromTexts] = timed(() => PATTERNS.slice(0, 2).map((pattern) => semver.maxSatisfying(texts1, pattern)));
  const [theirObjects, fromObjects] = timed(() => PATTERNS.map((pattern) => semver.maxSatisfying(theirVersions, pattern)?.version ?? null));
  for (const [position, answer] of answers.entries()) {
    if (answer !== fromObjects[position] || (position < 2 && answer !== fromTexts[position]))
      throw new Error(`${PATTERNS[position]}: ${answer} here, ${fromObjects[position]} there`);
  }
  const parsed = PATTERNS.map(parsePattern);
  const query = perQuery(parsed, (pattern) => index.newest(pattern));
  const queryText = perQuery(PATTERNS, (pattern) => index.newest(pattern));
  const [texted, objects] = [theirTexts / 2, theirObjects / PATTERNS.length];

  const later = texts2.map((text) => parseVersion(text));
  const [adding] = timed(() => later.forEach((version) => index.add(version)));
  if (index.size !== VERSIONS + ADDED) throw new Error(`${index.size} versions after adding`);
  const rebuilt = new VersionIndex([...versions, ...later]);
  if (PATTERNS.some((pattern) => rebuilt.newest(pattern)?.text !== index.newest(pattern)?.text))
    throw new Error("adding gave another index than building");

  return [
    { what: "a query among 1,000,000 versions, pattern parsed before", value: query * 1e6, unit: " µs", limit: 10 },
    { what: "a query among 1,000,000 versions, pattern given as text", value: queryText * 1e6, unit: " µs", limit: 20 },
    {
      what: "the same next to semver's maxSatisfying over versions that it has parsed before: faster by",
      value: objects / queryText,
      unit: " times",
      limit: 1000,
      atLeast: true,
      detail: `maxSatisfying takes ${(objects * 1e3).toFixed(0)} ms`,
    },
    {
      what: "the same next to maxSatisfying over texts, as it is mostly called: faster by",
      value: texted / queryText,
      unit: " times",
      detail: `it takes ${(texted * 1e3).toFixed(0)} ms`,
    },
    {
      what: "building the index, next to one query of maxSatisfying over texts",
      value: build / texted,
      unit: " times",
      detail: `${(build * 1e3).toFixed(0)} ms`,
    },
    { what: "reading a version, next to semver", value: reading, unit: " times" },
    { what: `adding a version to 1,000,000 (mean of ${ADDED})`, value: (adding / ADDED) * 1e6, unit: " µs" },
  ];
}

/** Texts of different versions in an order without order, the same in each run. */
function distinctTexts(count) {
  return Array.from({ length: count }, (_, position) => {
    const number = (position * 7_368_787) % 10_000_019; // both prime: no number comes twice
    return `${number % 100}.${Math.floor(number / 100) % 1000}.${Math.floor(number / 100_000)}`;
  });
}

/** Both in turns, so that a machine that is slow for a while is slow for both. */
function readingRatio(texts) {
  const ratios = Array.from(
    { length: 11 },
    () => timed(() => texts.map((text) => parseVersion(text)))[0] / timed(() => texts.map((text) => new semver.SemVer(text)))[0],
  );
  return median(ratios);
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}

function timed(body) {
  const start = performance.now();
  const result = body();
  return [(performance.now() - start) / 1000, result];
}

/** Seconds of one query: the median of rounds of many. */
function perQuery(patterns, ask) {
  const rounds = Array.from(
    { length: 11 },
    () =>
      timed(() => {
        for (let turn = 0; turn < 20_000; turn++) ask(patterns[turn % patterns.length]);
      })[0] / 20_000,
  );
  return median(rounds);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, value, unit, detail } of await bench())
    console.log(`- ${what}: ${value.toFixed(2)}${unit}${detail === undefined ? "" : `; ${detail}`}`);
}
