// The schedules of 100,000 pipelines: what it takes to find those that are due, and what an idle server takes.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { median } from "./measure.mjs";
import { databaseUrl, send, serve, serviceFolder, signer } from "./serve.mjs";

const MANY = 100_000;
const ROUNDS = 200;
const IDLE_SECONDS = 30;
const CLOCK_TICKS = 100;

/** What a server asks at each look, next to one row by its key; and the processor time of a server that looks and finds nothing. */
export async function pipelineSchedules(folder) {
  const server = await serve(serviceFolder(folder));
  const database = new pg.Client(databaseUrl(server.said));
  await database.connect();
  try {
    const pipeline = await createPipeline(server.said);
    await database.query(INSERT, [MANY, pipeline]);
    await database.query("vacuum analyze resource, image_pipeline_state");
    const samples = [];
    for (let round = 0; round < ROUNDS; round++)
      samples.push([await timed(database, DUE, [new Date()]), await timed(database, ONE, [round])]);
    const { rows } = await database.query(`explain analyze ${DUE}`, [new Date()]);
    const plan = rows.map((row) => row["QUERY PLAN"].trim()).filter((line) => /Index|Execution/.test(line));
    const [due, one] = [0, 1].map((side) => median(samples.map((pair) => pair[side])));
    await sleep(2000);
    const before = processorSeconds(server.pid);
    await sleep(IDLE_SECONDS * 1000);
    const share = ((processorSeconds(server.pid) - before) / IDLE_SECONDS) * 100;
    return [
      {
        what: "the pipelines that are due among 100,000 with schedules, next to one row by its key",
        ...{ value: median(samples.map(([ours, theirs]) => ours / theirs)), unit: " times", limit: 3 },
        detail: `${due.toFixed(2)} ms and ${one.toFixed(2)} ms; ${plan.join("; ")}`,
      },
      { what: "finding them", value: due, unit: " ms", limit: 10 },
      { what: "processor of an idle server with them", value: share, unit: " %", limit: 2, detail: `of ${IDLE_SECONDS} s` },
    ];
  } finally {
    await database.end();
    await server.stop();
  }
}

async function timed(database, text, values) {
  const start = performance.now();
  await database.query({ name: text.slice(0, 40), text, values });
  return performance.now() - start;
}

/** User and system time of a process; see proc(5). */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

const DATA = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]\n";

/** The ARN of a pipeline that is due once a year. */
async function createPipeline(said) {
  const sign = signer(said);
  const put = async (operation, input) => {
    const body = JSON.stringify({ clientToken: operation, ...input });
    const request = sign({ method: "PUT", path: `/${operation}`, body, headers: { "content-type": "application/json" } });
    return JSON.parse((await send(said.endpoint, [request]))[0]);
  };
  const component = { name: "tool", semanticVersion: "1.0.0", platform: "Linux", data: DATA };
  const { componentBuildVersionArn } = await put("CreateComponent", component);
  const components = [{ componentArn: componentBuildVersionArn.replace("1.0.0/1", "x.x.x") }];
  const recipe = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-12345678", components };
  const { imageRecipeArn } = await put("CreateImageRecipe", recipe);
  const { infrastructureConfigurationArn } = await put("CreateInfrastructureConfiguration", {
    name: "small",
    instanceProfileName: "builder",
  });
  const schedule = { scheduleExpression: "cron(0 0 1 1 ? *)" };
  const input = { name: "pattern", imageRecipeArn, infrastructureConfigurationArn, schedule };
  return (await put("CreateImagePipeline", input)).imagePipelineArn;
}

const INSERT = `with made as (
    insert into resource (region, owner, kind, type, slug, major, minor, patch, build, name, arn, newest_build, newest_version, status, detail,
      tags, created_at)
    select region, owner, kind, type, 'p-' || n, 0, 0, 0, 0, 'p-' || n, arn || n, true, true, status, detail, tags, created_at
    from resource cross join generate_series(1, $1::int) as n where arn = $2 returning id)
  insert into image_pipeline_state (resource_id, schedule_set_at, next_at)
  select id, now(), now() + interval '1 day' + make_interval(secs => row_number() over ()) from made`;
// what `listDue` of the control plane sends
const DUE = `select pipeline.* from image_pipeline_state as state inner join resource as pipeline on pipeline.id = state.resource_id
  where state.next_at <= $1 order by state.next_at limit 100`;
const ONE = "select * from image_pipeline_state where resource_id = $1";
