// What `pnpm bench cronRate` measures: the next run of one schedule, and what is due of 100,000.
import { Cron } from "croner";
import { nextRun, parseSchedule, ScheduleIndex } from "./dist/index.js";

const ZONES = ["UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"];
// AWS's way of writing and croner's, which has seconds before
const COMMON = [
  ["0 10 * * ? *", "0 0 10 * * ? *"],
  ["*/5 9-17 ? * MON-FRI *", "0 */5 9-17 ? * MON-FRI *"],
  ["30 22 ? * tue#2 *", "0 30 22 ? * tue#2 *"],
  ["0 8 L * ? *", "0 0 8 L * ? *"],
  ["0 0 15W 1-12/3 ? *", "0 0 0 15W 1-12/3 ? *"],
  ["0 0 ? * 5L *", "0 0 0 ? * 5#L *"],
  ["0 0 29 2 ? *", "0 0 0 29 2 ? *"],
];
const HARD = ["0 0 29 2 ? *", "59 23 31 12 ? 2199", "0 0 ? 2 1#5 *"];
const IMPOSSIBLE = ["0 0 31 2 ? *", "0 0 31 2,4,6,9,11 ? *", "0 0 31W 2,4,6,9,11 ? *"];

const scheduleOf = (text, timezone, startedAt) => parseSchedule({ scheduleExpression: text, timezone }, { startedAt }).schedule;
const START = Date.UTC(2026, 0, 1);

export async function bench() {
  return [...nextRuns(), ...impossible(), cold(), ...index()];
}

function nextRuns() {
  const cases = COMMON.flatMap(([ours, theirs]) =>
    ZONES.map((timezone) => [
      scheduleOf(`cron(${ours})`, timezone),
      new Cron(theirs, { timezone, mode: "7-part", alternativeWeekdays: true, domAndDow: true, paused: true }),
    ]),
  );
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 400; round++) {
    for (const [schedule, cron] of cases) {
      // another place in two years each round, the same for both
      const after = new Date(START + ((round * 7_919_001_013) % (730 * 86_400_000)));
      ours.push(microseconds(() => nextRun(schedule, after)));
      theirs.push(microseconds(() => cron.nextRun(after)));
    }
  }
  const warm = (samples) => samples.slice(cases.length * 50);
  const [our, their] = [quantile(warm(ours), 0.5), quantile(warm(theirs), 0.5)];
  return [
    {
      what: "next run, median over expressions and zones",
      value: our,
      unit: " µs",
      limit: 20,
      detail: `99th percentile ${quantile(warm(ours), 0.99).toFixed(1)} µs`,
    },
    { what: "next run next to croner", value: our / their, unit: " times", limit: 1, detail: `croner ${their.toFixed(1)} µs` },
  ];
}

function impossible() {
  const slowest = (texts) => Math.max(...texts.flatMap((text) => ZONES.map((zone) => bestOf(20, scheduleOf(`cron(${text})`, zone)))));
  return [
    { what: "next run, the worst of those that are far away", value: slowest(HARD), unit: " µs", limit: 1000, detail: HARD.join("; ") },
    {
      what: "next run, the worst of those that never come",
      value: slowest(IMPOSSIBLE),
      unit: " µs",
      limit: 1000,
      detail: IMPOSSIBLE.join("; "),
    },
  ];
}

// the least of some: a machine with other work to do stops a process for longer than any of these takes
function bestOf(rounds, schedule) {
  return Math.min(...Array.from({ length: rounds }, (_, round) => microseconds(() => nextRun(schedule, new Date(START + round)))));
}

function cold() {
  // zones and times that nothing has asked for yet, so that Intl has to be asked
  const zones = Intl.supportedValuesOf("timeZone").filter((zone) => zone.startsWith("America/") && !ZONES.includes(zone));
  const samples = zones.map((zone) => {
    const schedule = scheduleOf("cron(0 0 29 2 ? *)", zone);
    return microseconds(() => nextRun(schedule, new Date(Date.UTC(2097, 9, 1))));
  });
  return {
    what: "first next run in a zone not used before, median",
    value: quantile(samples, 0.5),
    unit: " µs",
    limit: 1000,
    detail: `${zones.length} zones, 99th percentile ${quantile(samples, 0.99).toFixed(0)} µs`,
  };
}

function index() {
  const count = 100_000;
  const due = new ScheduleIndex(new Date(START));
  for (let id = 0; id < count; id++) due.set(id, someSchedule(id));
  const samples = [];
  const found = [];
  for (let minute = 1; minute <= 200; minute++) {
    const until = new Date(START + minute * 60_000);
    samples.push(microseconds(() => found.push(due.due(until).length)));
    due.advance(until);
  }
  const crowded = new ScheduleIndex(new Date(START));
  const daily = scheduleOf("cron(0 10 * * ? *)");
  for (let id = 0; id < count; id++) crowded.set(id, daily);
  const all = quantile(
    Array.from({ length: 15 }, () => microseconds(() => crowded.due(new Date(START + 10 * 3_600_000)))),
    0.5,
  );
  const advance = microseconds(() => crowded.advance(new Date(START + 10 * 3_600_000)));
  return [
    {
      what: "100,000 schedules, due in the next minute, median",
      value: quantile(samples, 0.5) / 1000,
      unit: " ms",
      limit: 10,
      detail: `${quantile(found, 0.5)} due a minute, slowest minute ${(Math.max(...samples) / 1000).toFixed(2)} ms`,
    },
    {
      what: "100,000 schedules that are all due in the same minute",
      value: all / 1000,
      unit: " ms",
      detail: `to go on to their next runs ${(advance / 1000).toFixed(0)} ms`,
    },
  ];
}

function someSchedule(id) {
  const kinds = [
    () => scheduleOf(`cron(${id % 60} ${id % 24} * * ? *)`, ZONES[id % ZONES.length]),
    () => scheduleOf(`cron(${id % 60} ${id % 24} ? * ${(id % 7) + 1} *)`, ZONES[id % ZONES.length]),
    () => scheduleOf(`cron(${id % 60} * * * ? *)`),
    () => scheduleOf(`rate(${(id % 300) + 2} minutes)`, undefined, new Date(START + (id % 60_000))),
  ];
  return kinds[id % kinds.length]();
}

function microseconds(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) * 1000;
}

function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
