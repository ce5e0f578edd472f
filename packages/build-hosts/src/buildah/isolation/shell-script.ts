import { join } from "node:path";
import { shellWord } from "@imagewright/diagnostics";
import type { Isolation } from "../../port/isolation.js";
import { writeSharedFile } from "../../records/write-shared-file.js";
import { MOUNT_POINTS_SCRIPT, ownMountPoints } from "../mount-points.js";
import { inUserNamespace } from "../user-namespace.js";
import { isolatedRun, RUN_FOLDERS } from "./isolated-run.js";
import { findRuntime } from "./runtimes.js";

const FILE = "shell-in-container";

/** Words that stand for parameters of the script. */
const FOLDER = "@folder@";
const CONTAINER = "@container@";

/** The command with which a person opens a shell as root in a container; its name follows. */
export function shellWords(stateFolder: string): readonly string[] {
  return ["sh", join(stateFolder, FILE)];
}

/**
 * Writes the script that a person starts to look into a container: what is in there has every reason to be started by root, and is isolated
 * as it was during the build. The flags for that fill a screen, so what is typed is the name of a file.
 */
export async function writeShellScript(stateFolder: string, isolation: Isolation): Promise<void> {
  await writeSharedFile(stateFolder, FILE, await shellScript(isolation));
}

async function shellScript(isolation: Isolation): Promise<string> {
  const run = isolatedRun({
    line: (parameters) => ["buildah", ...parameters],
    ...{ isolation, folder: FOLDER, container: CONTAINER, flags: [], words: ["sh"] },
    runtimePath: await findRuntime(isolation.runtime ?? ""),
  });
  const check = ["sh", "-c", MOUNT_POINTS_SCRIPT, "sh", CONTAINER, `${FOLDER}/mount-points`, "check", ...ownMountPoints()];
  return `#!/bin/sh
# Opens a shell as root in a container of buildah, isolated as the steps of builds are: ${isolation.kind}. Parameter: the container.
# Imagewright writes this file anew each time when it builds with buildah.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -m 700 ${RUN_FOLDERS.map((name) => `"$folder"/${name}`).join(" ")}
TMPDIR="$folder"/tmp; export TMPDIR
${isolation.kind === "oci" ? "" : refusal(typed(inUserNamespace(check)))}${typed(inUserNamespace(run))}
`;
}

/** A container runtime follows no link out of the container; buildah does, where it makes the places of mounts. */
function refusal(check: string): string {
  return `outside=$(${check})
if [ -n "$outside" ]; then
  echo "a link leads $outside out of the container; install crun, and build again" >&2
  exit 1
fi
`;
}

function typed(words: readonly string[]): string {
  const line = words.map(shellWord).join(" ");
  return line.replaceAll(FOLDER, '"$folder"').replaceAll(CONTAINER, '"$1"');
}
