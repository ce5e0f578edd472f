// What planning 1,000 Regions × accounts takes, beside JSON.parse and structuredClone of the same settings, and how it grows.
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { SourceFile } from "@imagewright/diagnostics";
import { formatTree, planDistribution, planUndo } from "./dist/index.js";

const SIZES = [125, 250, 500, 1000];
const ACCOUNTS = 50;
const ROUNDS = 15;

const BUILD = JSON.stringify({
  name: "bench-image",
  version: "1.0.0/3",
  date: "2026-01-02T03:04:05.678Z",
  region: "xx-west-0",
  accountId: "999999999999",
  arn: "arn:aws:imagebuilder:xx-west-0:999999999999:image/bench-image/1.0.0/3",
  platform: "Linux",
  ami: { id: "ami-01a23bc4def5a6789", encrypted: true, kmsKeyId: "alias/ours" },
});

export async function bench() {
  const texts = SIZES.map(settingsFor);
  const plans = texts.map((text) => plan(text));
  for (const [position, size] of SIZES.entries()) check(plans[position], size);
  const seconds = texts.map(() => []);
  const peer = [];
  // in turns, so that a machine that is slow for a while is slow for all
  for (let round = 0; round < ROUNDS; round++) {
    for (const [position, text] of texts.entries()) seconds[position].push(timed(() => plan(text)));
    peer.push(timed(() => globalThis.structuredClone(JSON.parse(texts.at(-1)))));
  }
  const bests = seconds.map(fastest);
  const most = bests.at(-1);
  const last = plans.at(-1);
  const undo = fastest(Array.from({ length: ROUNDS }, () => timed(() => planUndo(last))));
  const tree = fastest(Array.from({ length: ROUNDS }, () => timed(() => formatTree(last))));
  const detail = `${last.operations.length} operations in ${last.waves.length} waves from ${texts.at(-1).length >> 10} KiB of settings`;
  return [
    { what: "planning 1,000 Regions × accounts, from the texts", value: most * 1e3, unit: " ms", limit: 100, detail },
    {
      what: "the same next to JSON.parse and structuredClone of the settings",
      value: most / fastest(peer),
      unit: " times",
      detail: `those take ${(fastest(peer) * 1e3).toFixed(2)} ms`,
    },
    {
      what: `growth of planning from ${SIZES[0]} to ${SIZES.at(-1)}: exponent`,
      value: slope(SIZES, bests),
      unit: "",
      limit: 1.3,
      detail: "1 is linear",
    },
    { what: "the undo of all of it", value: undo * 1e3, unit: " ms" },
    { what: "the same as a tree of lines", value: tree * 1e3, unit: " ms" },
  ];
}

/** Settings with so many Regions × accounts, each with tags, launch permissions, a launch template and a parameter. */
function settingsFor(size) {
  const regions = Math.ceil(size / ACCOUNTS);
  const distributions = Array.from({ length: regions }, (_, region) => {
    const accounts = Array.from({ length: Math.min(ACCOUNTS, size - region * ACCOUNTS) }, (_, account) =>
      String(100_000_000_000 + account),
    );
    return {
      region: `xx-west-${region}`,
      amiDistributionConfiguration: {
        name: "bench {{ imagebuilder:buildVersion }} {{ imagebuilder:buildDate }}",
        targetAccountIds: accounts,
        amiTags: { team: "images", version: "{{ imagebuilder:buildVersion }}" },
        kmsKeyId: "alias/ours",
        launchPermission: { organizationArns: ["arn:aws:organizations::123456789012:organization/o-shopkeepers1"] },
      },
      launchTemplateConfigurations: accounts.map((accountId) => ({
        launchTemplateId: "lt-0a1bcde2fgh345678",
        accountId,
        setDefaultVersion: true,
      })),
      ssmParameterConfigurations: accounts.map((amiAccountId) => ({ parameterName: "/bench/ami", amiAccountId })),
    };
  });
  return JSON.stringify({ name: "bench-settings", distributions }, null, 2);
}

function plan(text) {
  const { plan, diagnostics } = planDistribution(new SourceFile("settings.json", text), new SourceFile("build.json", BUILD));
  if (plan === undefined) throw new Error(`no plan: ${diagnostics[0]?.message}`);
  return plan;
}

function check({ operations }, size) {
  const copies = operations.filter(({ kind }) => kind === "copy-ami").length;
  if (copies !== size) throw new Error(`${copies} copies for ${size} Regions × accounts`);
}

/** The exponent of the power that fits best: the slope of the logarithms. */
function slope(sizes, seconds) {
  const [xs, ys] = [sizes.map(Math.log), seconds.map(Math.log)];
  const [x, y] = [mean(xs), mean(ys)];
  return mean(xs.map((value, position) => (value - x) * (ys[position] - y))) / mean(xs.map((value) => (value - x) ** 2));
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The fastest round: other work on the machine only adds to it. */
function fastest(seconds) {
  return Math.min(...seconds);
}

function timed(body) {
  const start = performance.now();
  body();
  return (performance.now() - start) / 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, value, unit, detail } of await bench())
    console.log(`- ${what}: ${value.toFixed(2)}${unit}${detail === undefined ? "" : `; ${detail}`}`);
}
