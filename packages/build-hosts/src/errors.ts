import { errorRow, errorTable, quote, quoteInFull, shellWord } from "@imagewright/diagnostics";
import { howToTurn } from "./choose/docker-daemon.js";

/** The errors of this package: code, data, text. */
export const buildHostError = errorTable("build-hosts", {
  "image-not-found": errorRow("not-found", (data: { image: string; engine: string }) => ({
    message: `no image ${quote(data.image)}: not found in the store of ${data.engine} or in its registry`,
    hints: [`check the name; list the images with: ${data.engine} images`],
  })),
  "registry-unreachable": errorRow("unavailable", (data: { image: string; engine: string; detail: string }) => ({
    message: `cannot reach the registry of image ${quote(data.image)}: ${data.detail}`,
    hints: ["check the network, or use a parent image that is made locally, such as mmdebstrap:bookworm"],
  })),
  "parent-image-missing": errorRow("not-found", (data: { image: string; reason: string; hint: string }) => ({
    message: `no parent image ${quote(data.image)}: ${data.reason}`,
    hints: [data.hint],
  })),
  "parent-image-failed": errorRow("failed", (data: { image: string; exitCode: number; lines: readonly string[] }) => ({
    message: `parent image ${quote(data.image)} could not be made: mmdebstrap exited with code ${data.exitCode}${lastLines(data.lines)}`,
    hints: ["check that the suite exists and that the configured Debian mirror can be reached: apt-get update"],
  })),
  "no-debian-mirror": errorRow("not-found", ({ suite }: { suite: string }) => ({
    message: `apt of this machine is configured for no Debian mirror, which would say when ${quote(suite)} was released`,
  })),
  "release-not-read": errorRow("unavailable", ({ url, cause }: { url: string; cause: string }) => ({
    message: `the release date at ${quoteInFull(url)} cannot be read: ${cause}`,
  })),
  "disk-full": errorRow("unavailable", (data: { engine: string; operation: string }) => ({
    message: `no space left on the disk: ${data.engine} could not ${data.operation}`,
    hints: [pruneHint(data.engine)],
  })),
  "not-root": errorRow("forbidden", (data: { engine: string; operation: string }) => ({
    message: `${data.engine} could not ${data.operation}: this user is not allowed to`,
    hints: ["see what is missing: ib doctor", "or run the command with sudo"],
  })),
  "command-missing": errorRow("unavailable", (data: { command: string; package: string }) => ({
    message: `${quote(data.command)} is not installed`,
    hints: [`apt-get install ${data.package}`],
  })),
  "engine-unknown": errorRow("invalid", (data: { message: string }) => ({ message: data.message })),
  "engine-not-usable": errorRow("unavailable", (data: { engine: string; reason: string; fix: string }) => ({
    message: `${data.engine} was requested, but ${data.reason}`,
    hints: [data.fix],
  })),
  "no-engine-usable": errorRow("unavailable", (data: { reasons: readonly string[]; fix: string }) => ({
    message: `no usable container engine: ${data.reasons.join("; ")}`,
    hints: [data.fix],
  })),
  "engine-failed": errorRow("failed", (data: { engine: string; operation: string; exitCode: number; lines: readonly string[] }) => ({
    message: `${data.engine} could not ${data.operation}: exit code ${data.exitCode}${lastLines(data.lines)}`,
  })),
  "engine-not-answering": errorRow("unavailable", (data: { engine: string; call: string; seconds: number }) => ({
    message: `${data.engine} did not answer within ${data.seconds} s: ${quote(data.call)}`,
    hints: [unblockHint(data.engine), "on a slow machine, raise the limit: IMAGEWRIGHT_ENGINE_TIMEOUT=SECONDS"],
  })),
  "engine-still-working": errorRow("in-use", (data: { engine: string; call: string }) => ({
    message: `${data.engine} has not ended ${quote(data.call)}; what it works on is recorded, and stays`,
    hints: [unblockHint(data.engine), "the next build removes what is left, once that has ended"],
  })),
  "setting-invalid": errorRow("invalid", (data: { name: string; value: string }) => ({
    message: `${data.name} must be a number of seconds from above 0 to 86400; found ${quote(data.value)}`,
  })),
  "image-name-invalid": errorRow("invalid", (data: { name: string; reason: string }) => ({
    message: `${quote(data.name)} is not the name of an image: ${data.reason}`,
    hints: ["write it as in docker.io/library/debian:12"],
  })),
  "link-leads-out": errorRow("invalid", (data: { path: string }) => ({
    message: `a link leads ${quote(data.path)} out of the machine, and no container runtime keeps buildah from following it`,
    hints: ["apt-get install crun"],
  })),
  "machine-not-found": errorRow("not-found", (data: { machine: string; host: string }) => ({
    message: `${data.host} has no machine ${quote(data.machine)}: it was terminated, or never launched`,
  })),
  "job-not-found": errorRow("not-found", (data: { job: string; machine: string }) => ({
    message: `machine ${quote(data.machine)} has no job ${quote(data.job)}`,
  })),
  "job-running": errorRow("conflict", (data: { machine: string; job: string }) => ({
    message: `machine ${quote(data.machine)} still runs the job ${quote(data.job)}`,
    hints: ["wait for its end, or cancel it"],
  })),
  "job-too-large": errorRow("failed", (data: { file: string; bytes: number; most: number }) => ({
    message: `the job has written ${data.bytes} bytes to ${quote(data.file)}; at most ${data.most} are read`,
  })),
  "not-supported": errorRow("invalid", (data: { host: string; wanted: string; allowed: readonly string[] }) => ({
    message: `${data.host} cannot ${data.wanted}; it can: ${data.allowed.join(", ")}`,
  })),
  "name-taken": errorRow("conflict", (data: { name: string; engine: string; holder: string; image: string }) => ({
    message: `${quote(data.name)} already names another image in the store of ${data.engine}: ${data.holder}, not ${data.image}`,
  })),
  "path-not-found": errorRow("not-found", (data: { path: string; where: string }) => ({
    message: `no file or folder ${quote(data.path)} ${data.where}`,
  })),
  "layout-invalid": errorRow("invalid", (data: { folder: string; reason: string }) => ({
    message: `${quote(data.folder)} is not an OCI image layout: ${data.reason}`,
  })),
  "folder-not-empty": errorRow("conflict", (data: { folder: string }) => ({ message: `folder ${quote(data.folder)} is not empty` })),
  "state-folder-not-made": errorRow("unavailable", (data: { path: string; cause: string }) => ({
    message: `the state folder ${quote(data.path)} cannot be made: ${data.cause}`,
    hints: ["name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME"],
  })),
  "record-not-readable": errorRow("failed", ({ path, kind, name, cause }: { path: string; kind: string; name: string; cause: string }) => ({
    message: `the record ${quote(path)} cannot be used: ${cause}`,
    hints: [`look for ${WHAT_RECORDS_SAY[kind] ?? kind} like ${quote(name)}, and remove it if there is one`, `then: rm ${shellWord(path)}`],
  })),
  "machine-not-readable": errorRow("failed", (data: { path: string; cause: string }) => ({
    message: `what is stored of a machine in ${quote(data.path)} cannot be used: ${data.cause}`,
    hints: ["the machine can only be removed: discard what it is for, and start that again"],
  })),
  "still-mounted": errorRow("in-use", (data: { folder: string; mount: string }) => ({
    message: `folder ${quote(data.folder)} was not removed: something is mounted at ${quote(data.mount)}`,
    hints: [`umount ${shellWord(data.mount)}`],
  })),
});

const WHAT_RECORDS_SAY: Readonly<Record<string, string>> = {
  machine: "a container of docker, podman or buildah",
  image: "an image of docker, podman or buildah",
  folder: "a folder",
};

function lastLines(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `; its last output:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function unblockHint(engine: string): string {
  if (engine === "docker") return `its daemon hangs: ${howToTurn("restart")}`;
  return `another process may hold the lock of its store: end ${engine} processes that hang (ps -ef | grep ${engine})`;
}

const PRUNE_COMMANDS: Readonly<Record<string, string>> = {
  buildah: "buildah rmi --prune",
  docker: "docker image prune",
  podman: "podman image prune",
};

function pruneHint(engine: string): string {
  const command = PRUNE_COMMANDS[engine];
  return command === undefined ? "free some space" : `free some space, such as with: ${command}`;
}
