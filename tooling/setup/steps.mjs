// The set-up for `npm start` and `npm test`. Uses only Node's own modules, since nothing else is
// there yet in a fresh clone. Each step reports what it does, and is skipped if it has been done.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");
export const isRoot = process.getuid?.() === 0;
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// under CI=true pnpm and turbo ask no questions and print plain lines
const environment = {
  ...process.env,
  PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
};

/** Installs the npm packages of the workspace with the pinned pnpm, unless they match the lockfile already. */
export function installPackages() {
  const stamp = join(root, "node_modules", ".imagewright-lockfile");
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests()]) hash.update(readFileSync(join(root, file)));
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(`installing npm packages with ${packageManager}`);
  // what pnpm warns of are faults of other people's packages, such as a command that one names and does not contain
  run("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"]);
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Builds all packages; turbo skips those that have not changed. */
export function buildPackages() {
  say("building the packages");
  run("turbo", ["run", "build", "--output-logs=errors-only", "--ui=stream"]);
}

/** Installs Debian packages for missing commands, which is all that needs root: with sudo, if this is another user. */
export function installSystemPackages(needs) {
  const missing = needs.filter(({ command }) => !isOnPath(command)).map((need) => need.package);
  if (missing.length === 0) return;
  const packages = [...new Set(missing)].sort();
  if (!isOnPath("apt-get")) fail(`these programs are missing, and there is no apt-get to install them: ${packages.join(", ")}`);
  if (!isRoot && !isOnPath("sudo")) fail(`these Debian packages are missing; as root: apt-get install ${packages.join(" ")}`);
  say(`installing Debian packages with ${isRoot ? "" : "sudo "}apt-get: ${packages.join(" ")}`);
  const [command, ...before] = [...(isRoot ? [] : ["sudo"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"];
  const apt = (...parameters) => run(command, [...before, ...parameters]);
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...packages);
}

/** Ends this process if sudo made it root's in the clone of another user, who could not change afterwards what it has written there. */
export function refuseSudo(what) {
  const caller = Number(process.env.SUDO_UID ?? 0);
  if (isRoot && caller !== 0 && statSync(root).uid !== 0)
    fail(`run ${what} without sudo: it works as the user who calls it, and asks sudo itself if Debian packages are missing`);
}

/** Runs a command with the terminal; a failure ends this process with the command's own exit code. */
export function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: "inherit", env: environment });
  if (error !== undefined) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a command with the terminal and returns its exit code. */
export function attempt(command, parameters) {
  return spawnSync(command, parameters, { cwd: root, stdio: "inherit", env: environment }).status ?? 1;
}

/** The same while this process goes on: the exit code is that of the promise. */
export function attemptBeside([command, ...parameters]) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { cwd: root, stdio: "inherit", env: environment });
    child.on("error", () => resolve(1));
    child.on("close", (status) => resolve(status ?? 1));
  });
}

/** Whether a command can be run; one with its path, if another program has the same name. */
export function isOnPath(command) {
  return (
    (command.startsWith("/") && existsSync(command)) ||
    (environment.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command))) ||
    existsSync(join("/usr/sbin", command))
  );
}

export function say(text) {
  process.stderr.write(`> ${text}\n`);
}

/** Ends this process with a message. */
export function fail(text) {
  process.stderr.write(`error: ${text}\n`);
  process.exit(1);
}

function manifests() {
  const folders = ["packages", "apps", "tooling"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name, "package.json")),
  );
  return ["package.json", ...folders.filter((file) => existsSync(join(root, file)))];
}
