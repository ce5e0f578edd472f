// Starts a server with an empty database, says where its settings are, and ends it as soon as its own standard input ends: so nothing is
// left, however the tests end, even if their process is killed. It only answers: what the API says of images that wait is tested here, and
// where an engine is found, another role would build them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const IB = join(import.meta.dirname, "..", "..", "..", "apps", "ib", "bin", "ib.js");
const PATIENCE = 20_000;

const folder = mkdtempSync(join(tmpdir(), "imagewright-acceptance-"));
// as root, the database runs as another user, who has to get to its folder
chmodSync(folder, 0o711);
const settings = join(folder, "settings.env");
const server = spawn(
  process.execPath,
  ["--", IB, "serve", "--role", "api", "--listen", "127.0.0.1:0", "--data-dir", join(folder, "data"), "--env-file", settings],
  { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, IMAGEWRIGHT_HOME: join(folder, "home") } },
);
const ended = once(server, "exit");
let wanted = true;
process.stdin.resume().on("end", () => {
  wanted = false;
  server.kill("SIGTERM");
});
// jest may be interrupted from the terminal, which reaches this process too: the end of the input decides
process.on("SIGINT", () => {});

while (wanted && server.exitCode === null && !existsSync(settings)) await sleep(20);
if (existsSync(settings)) process.stdout.write(`${settings}\n`);
const inTime = await Promise.race([ended.then(() => true), stopped().then(() => sleep(PATIENCE, false, { ref: false }))]);
if (!inTime) server.kill("SIGKILL");
await ended;
rmSync(folder, { recursive: true, force: true });
process.exit(wanted ? (server.exitCode ?? 1) : 0);

function stopped() {
  return wanted ? once(process.stdin, "end") : Promise.resolve();
}
