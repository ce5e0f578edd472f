import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The content of the image in an OCI layout, but for times: its configuration, and each file of its layers with mode, owner and size. */
export function contentOf(layout) {
  const blob = (digest) => join(layout, "blobs", ...digest.split(":"));
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  const manifest = read(blob(read(join(layout, "index.json")).manifests[0].digest));
  const { config, architecture, os } = read(blob(manifest.config.digest));
  const files = manifest.layers.flatMap(({ digest }, index) => {
    const { stdout } = spawnSync("tar", ["--list", "--verbose", "--numeric-owner", "--file", blob(digest)], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    // -rw-r--r-- 0/0  123 2026-11-29 01:00 name
    return stdout.split("\n").map((line) => `layer ${index}: ${line.replace(/ +\d{4}-\d\d-\d\d \d\d:\d\d /, " ")}`);
  });
  return [JSON.stringify({ config, architecture, os }), ...files];
}
