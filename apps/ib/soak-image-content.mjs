import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What of image.json is of one build alone: its times, its ids and where it is. */
const OWN = ["build", "created", "digest", "ociLayout", "durations", "elapsedSeconds", "logFolder"];
// names may have blanks and line ends, which tar escapes in lists only
const HASH = 'printf "%s " "$TAR_REALNAME" | tr "\\n" "?"; sha256sum';
/** The lines of layers that many images have, by their digest. */
const known = new Map();

/**
 * The content of an image, but for times and ids, as lines: its manifest in the store, its configuration, and each file of its layers with
 * mode, owner, size and what is in it.
 */
export function contentOf({ ociLayout, ...manifest }) {
  const blob = (digest) => join(ociLayout, "blobs", ...digest.split(":"));
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  const { config: configDigest, layers } = read(blob(read(join(ociLayout, "index.json")).manifests[0].digest));
  const { config, architecture, os } = read(blob(configDigest.digest));
  const files = layers.flatMap(({ digest }, index) => layerLines(digest, blob(digest)).map((line) => `layer ${index}: ${line}`));
  return [...manifestLines(manifest), JSON.stringify({ config, architecture, os }), ...files];
}

/** What one list of lines has more often than the other; the lines are in no order. */
export function differences(expected, found) {
  const counts = new Map();
  for (const line of expected) counts.set(line, (counts.get(line) ?? 0) - 1);
  for (const line of found) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([line, count]) => `${Math.abs(count)} ${count < 0 ? "missing" : "too many"}: ${line}`);
}

function manifestLines(manifest) {
  const lasting = Object.entries(manifest).filter(([key]) => !OWN.includes(key));
  const untimed = (key, value) => (key === "durationSeconds" ? undefined : value);
  return lasting.map(([key, value]) => `image.json: ${key}: ${JSON.stringify(value, untimed)}`);
}

function layerLines(digest, path) {
  const lines = known.get(digest) ?? [
    // -rw-r--r-- 0/0  123 2026-11-29 01:00 name
    ...tar(["--list", "--verbose", "--numeric-owner"], path).map((line) => line.replace(/ +\d{4}-\d\d-\d\d \d\d:\d\d /, " ")),
    ...tar(["--extract", `--to-command=${HASH}`], path),
  ];
  known.set(digest, lines);
  return lines;
}

function tar(parameters, path) {
  const { status, stdout, stderr } = spawnSync("tar", [...parameters, "--file", path], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${path}: ${stderr}`);
  return stdout.split("\n").filter((line) => line !== "");
}
