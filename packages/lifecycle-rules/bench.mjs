// What the plan for a million images takes, how it grows, and how that looks beside a plain sort of the same images by date.
import { fileURLToPath } from "node:url";
import { LifecyclePlan, readImages, readPolicy } from "./dist/index.js";

const SIZES = [125_000, 250_000, 500_000, 1_000_000];
const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const AT = new Date("2027-01-01");
const ACCOUNT = "arn:aws:imagebuilder:us-west-2:123456789012:image";
// three rules with exclusions of every kind, and what goes beyond: the most that a plan has to look at
const POLICY = {
  name: "bench",
  executionRole: "lifecycle",
  resourceType: "AMI_IMAGE",
  policyDetails: [
    { action: { type: "DEPRECATE", includeResources: { amis: true } }, filter: { type: "AGE", value: 6, unit: "MONTHS" } },
    { action: { type: "DISABLE", includeResources: { amis: true } }, filter: { type: "AGE", value: 1, unit: "YEARS" } },
    {
      action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
      filter: { type: "AGE", value: 2, unit: "YEARS", retainAtLeast: 2 },
      exclusionRules: {
        tagMap: { keep: "yes" },
        amis: {
          isPublic: true,
          regions: ["eu-north-1"],
          sharedAccounts: ["444455556666"],
          lastLaunched: { value: 90, unit: "DAYS" },
          tagMap: { stage: "production" },
        },
      },
    },
  ],
  resourceSelection: {
    recipes: [
      { name: "web", semanticVersion: "x.x.x" },
      ...Array.from({ length: 49 }, (_, number) => ({ name: `recipe-${number}`, semanticVersion: "1.x.x" })),
    ],
  },
};

export async function bench() {
  const { policy } = readPolicy(POLICY);
  const images = manyImages(SIZES.at(-1));
  for (const over of [decisions, inWords, actions]) over(planOf(policy, images.slice(0, 20_000))); // for the compiler
  const of = (size, over) => {
    const some = images.slice(0, size);
    return best(() => over(planOf(policy, some)));
  };
  const times = SIZES.map((size) => of(size, decisions));
  const plan = times.at(-1);
  const [acting, wording, sorting] = [
    of(SIZES.at(-1), actions),
    of(SIZES.at(-1), inWords),
    best(() => [...images].sort((a, b) => b.dateCreated - a.dateCreated)),
  ];
  const text = JSON.stringify(images.slice(0, 50_000).map(asInFile));
  const [reading, parsing] = [timed(() => readImages(text)), timed(() => JSON.parse(text))];
  return [
    { what: "plan for 1,000,000 images and each decision, in processor time", value: plan.seconds, unit: " s", limit: 2, detail: `${plan.wall.toFixed(2)} s by the clock; ${plan.result} decisions` },
    { what: "exponent of its growth from 125,000 images on", value: exponent(SIZES, times.map(({ seconds }) => seconds)), unit: "", limit: 1.15, detail: times.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(", ") },
    { what: "the same beside a sort of the images by date", value: plan.seconds / sorting.seconds, unit: " times", detail: `the sort takes ${sorting.seconds.toFixed(2)} s` },
    { what: "plan for them and its actions", value: acting.seconds, unit: " s", detail: `${acting.wall.toFixed(2)} s by the clock; ${acting.result} actions` },
    { what: "plan for them with the reason of each decision read", value: wording.seconds, unit: " s", detail: `${wording.wall.toFixed(2)} s by the clock` },
    { what: "reading 50,000 images beside JSON.parse", value: reading.seconds / parsing.seconds, unit: " times", detail: `${(text.length / 1e6).toFixed(0)} MB in ${reading.seconds.toFixed(2)} s` },
  ]; // prettier-ignore
}

function planOf(policy, images) {
  return new LifecyclePlan(policy, images, { at: AT, keepNewest: 2 });
}

/** Goes over every decision about every resource; the number of them. */
function decisions(plan) {
  let count = 0;
  for (const { resources } of plan)
    for (const { decisions } of resources) for (const { code } of decisions) if (code !== undefined) count += 1;
  return count;
}

function inWords(plan) {
  let length = 0;
  for (const { resources } of plan) for (const { decisions } of resources) for (const { reason } of decisions) length += reason.length;
  return length;
}

function actions(plan) {
  let count = 0;
  for (const { resource, decision } of plan.actions()) if (resource.id !== "" && decision.action !== "KEEP") count += 1;
  return count;
}

/**
 * Images of 60 recipes with versions and builds, each with an AMI and its snapshot, every fourth in a second region too; the same in each
 * run.
 */
function manyImages(count) {
  const images = [];
  // out of JSON like those of readImages: texts that are put together at run time are slower at first
  for (let from = 0; from < count; from += 25_000)
    images.push(...JSON.parse(JSON.stringify(Array.from({ length: 25_000 }, (_, nth) => imageOf(from + nth)))));
  return images;
}

function imageOf(number) {
  const recipe = `recipe-${number % 60}`;
  const version = `${1 + (number % 2)}.${Math.floor(number / 60) % 40}.0`;
  const ami = (region, nth) => ({
    id: `ami-${number}-${nth}`, region, accountId: "123456789012", status: "AVAILABLE", isPublic: number % 50 === 0, sharedAccounts: [],
    lastLaunched: number % 7 === 0 ? AT.getTime() - (number % 300) * DAY : null, tags: number % 30 === 0 ? { stage: "production" } : {},
    usedBy: number % 100 === 0 ? ["group"] : [], snapshots: [{ id: `snap-${number}-${nth}` }],
  }); // prettier-ignore
  return {
    arn: `${ACCOUNT}/${recipe}/${version}/${number}`, type: "AMI", recipe: { name: recipe, version }, status: "AVAILABLE",
    dateCreated: START + ((number * 7_368_787) % 1095) * DAY + (number % DAY), tags: number % 40 === 0 ? { keep: "yes" } : {},
    parentImage: number % 3 === 0 ? `${ACCOUNT}/recipe-${number % 20}/x.x.x` : "ami-base", usedBy: [],
    amis: number % 4 === 0 ? [ami("us-west-2", 0), ami("eu-north-1", 1)] : [ami("us-west-2", 0)], containers: [],
  }; // prettier-ignore
}

function asInFile({ arn, recipe, dateCreated, tags, amis }) {
  return {
    arn, state: { status: "AVAILABLE" }, imageRecipe: recipe, dateCreated: new Date(dateCreated).toISOString(), tags,
    outputResources: { amis: amis.map(({ id, region, isPublic, snapshots }) => ({ image: id, region, isPublic, snapshots: snapshots.map((snapshot) => ({ snapshotId: snapshot.id })) })) },
  }; // prettier-ignore
}

/** The slope of a straight line through the logarithms. */
function exponent(sizes, times) {
  const [xs, ys] = [sizes.map(Math.log), times.map(Math.log)];
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [x, y] = [mean(xs), mean(ys)];
  return xs.reduce((sum, value, at) => sum + (value - x) * (ys[at] - y), 0) / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

/** The run of three that takes the least. */
function best(body) {
  return Array.from({ length: 3 }, () => timed(body)).reduce((least, run) => (run.seconds < least.seconds ? run : least));
}

/**
 * Seconds of processor time, all threads of the process together, and by the clock, which measures who else is at work on the machine as
 * well.
 */
function timed(body) {
  const [start, from] = [process.cpuUsage(), performance.now()];
  const result = body();
  const wall = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, wall, result };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, value, unit, detail } of await bench())
    console.log(`- ${what}: ${value.toFixed(2)}${unit}${detail === undefined ? "" : `; ${detail}`}`);
}
