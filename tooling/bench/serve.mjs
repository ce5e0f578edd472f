import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { median } from "./measure.mjs";

const IB = join(import.meta.dirname, "..", "..", "apps", "ib", "bin", "ib.js");
const ROUNDS = 7;
const AT_ONCE = 16;
const READS = 1_500;
const WRITES = 1_000;
/** More calls are made than a key may make; two servers share the processors. */
const SETTINGS = "service: { quotas: { callsPerSecond: 1000000, imagesAtOnceOfServer: 1 } }\n";
const DATA = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]\n";

/** Starts a program that prints one JSON object when it answers. */
async function start(parameters, environment = {}) {
  const before = performance.now();
  const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, ...environment } });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let text = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.trimEnd().endsWith("}")) break;
  }
  const seconds = (performance.now() - before) / 1000;
  return { said: JSON.parse(text), seconds, pid: child.pid, stop: () => (child.kill("SIGTERM"), ended) };
}

/** A folder that the database of root can come through. */
export function serviceFolder(folder, name = "service") {
  chmodSync(folder, 0o711);
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  return home;
}

export function serve(home, ...more) {
  const settings = `${home}.yaml`;
  writeFileSync(settings, SETTINGS);
  return start([IB, "serve", "--json", "--listen", "127.0.0.1:0", "--data-dir", home, ...more], { IMAGEWRIGHT_CONFIG: settings });
}

/** `ib serve` with a database that is there, until it answers; and its memory once nothing is asked. */
export async function serveStart(folder) {
  const home = serviceFolder(folder);
  await (await serve(home)).stop();
  const seconds = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const server = await serve(home);
    seconds.push(server.seconds);
    if (round === ROUNDS - 1) {
      await sleep(3000);
      memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;
    }
    await server.stop();
  }
  const each = seconds.map((one) => one.toFixed(2)).join(", ");
  return [
    { what: "`ib serve` with its database, until it answers", value: median(seconds), unit: " s", limit: 1.5, detail: `of ${each}` },
    { what: "memory of the API's process when it is idle", value: memory, unit: " MiB", limit: 150 },
  ];
}

/** Calls of the API next to a bare fastify route with one equal query or insert; both are sent the same requests, signed beforehand. */
export async function serveCalls(folder) {
  const home = serviceFolder(folder);
  const server = await serve(home);
  const url = databaseUrl(server.said);
  const database = new pg.Client(url);
  await database.connect();
  let bare;
  try {
    const sign = signer(server.said);
    const [created] = await send(server.said.endpoint, [createRequest(sign, "first")]);
    const arn = JSON.parse(created).componentBuildVersionArn;
    await database.query("create table bare_template as select * from resource where owner <> 'aws'");
    bare = await start([join(import.meta.dirname, "bare-route.mjs"), url, arn.replace(/^.*:component/, "component")]);
    const get = sign({ method: "GET", path: "/GetComponent", query: `componentBuildVersionArn=${encodeURIComponent(arn)}` });
    const gets = Array.from({ length: READS }, () => get);
    const [reads, writes] = [[], []];
    // before anything is measured both have compiled what they run
    for (const { endpoint } of [server.said, bare.said]) {
      await send(endpoint, gets);
      await send(
        endpoint,
        Array.from({ length: READS }, (_, index) => createRequest(sign, `warm-${index}`)),
      );
    }
    for (let round = 0; round < ROUNDS; round++) {
      const puts = Array.from({ length: WRITES }, (_, index) => createRequest(sign, `c-${round}-${index}`));
      reads.push([await rate(server.said.endpoint, gets), await rate(bare.said.endpoint, gets)]);
      writes.push([await rate(server.said.endpoint, puts), await rate(bare.said.endpoint, puts)]);
    }
    return [row("GetComponent", "query", reads), row("CreateComponent", "insert", writes)];
  } finally {
    await database.end();
    await bare?.stop();
    await server.stop();
  }
}

function row(operation, equal, rounds) {
  return {
    what: `${operation} a second, next to a bare fastify route with one equal ${equal}`,
    value: median(rounds.map(([ours, theirs]) => ours / theirs)),
    unit: " times",
    ...{ limit: 0.5, atLeast: true },
    detail: `${median(rounds.map(([ours]) => ours)).toFixed(0)} and ${median(rounds.map(([, theirs]) => theirs)).toFixed(0)}`,
  };
}

/** The embedded database of a server, with its password. */
export function databaseUrl({ database }) {
  const port = readFileSync(join(database, "cluster", "postmaster.pid"), "utf8").split("\n")[3];
  return `postgresql://imagewright:${readFileSync(join(database, "password"), "utf8")}@127.0.0.1:${port}/imagewright`;
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

/** Signs requests by Signature Version 4, outside of what is measured. */
export function signer({ endpoint, credentialsFile }, region = "us-east-1") {
  const [, id, secret] = /_id = (.*)\n.*_key = (.*)\n/.exec(readFileSync(credentialsFile, "utf8"));
  const { host } = new URL(endpoint);
  return ({ method, path, query = "", body = "", headers = {} }) => {
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const scope = [time.slice(0, 8), region, "imagebuilder", "aws4_request"];
    const names = "host;x-amz-date";
    const canonical = [method, path, query, `host:${host}\nx-amz-date:${time}\n`, names, sha256(body)].join("\n");
    const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
    const signature = hmac(scope.reduce(hmac, `AWS4${secret}`), text).toString("hex");
    const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`;
    return {
      ...{ method, body, path: query === "" ? path : `${path}?${query}` },
      headers: { host, "x-amz-date": time, authorization, ...headers },
    };
  };
}

function createRequest(sign, name) {
  const body = JSON.stringify({ name, semanticVersion: "1.0.0", platform: "Linux", data: DATA, clientToken: `token-of-${name}` });
  return sign({ method: "PUT", path: "/CreateComponent", body, headers: { "content-type": "application/json" } });
}

async function rate(endpoint, requests) {
  const before = performance.now();
  await send(endpoint, requests);
  return requests.length / ((performance.now() - before) / 1000);
}

/** Sends all, some at once, and returns the bodies of the answers. */
export async function send(endpoint, requests) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const { hostname, port } = new URL(endpoint);
  const bodies = [];
  let next = 0;
  const work = async () => {
    while (next < requests.length) {
      const index = next++;
      bodies[index] = await sendOne({ agent, hostname, port, ...requests[index] });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
  return bodies;
}

function sendOne({ body, ...options }) {
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${options.path}: ${response.statusCode}: ${text}`)),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
