import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readTree, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";

const AGENT = join(
  import.meta.dirname,
  "..",
  "..",
  "..",
  "..",
  "..",
  "apps",
  "agent",
  "dist",
  `ib-agent-${process.platform}-${process.arch}`,
);

const NAMESPACES = ["--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child"];

/** Why documents cannot be run here; undefined if they can. */
export function whyNot(): string | undefined {
  if (process.platform !== "linux") return "the roots are for Linux only";
  if (process.getuid?.() !== 0) return "only root can make a root file system";
  if (!existsSync(AGENT)) return "the agent has not been packed";
  if (spawnSync("unshare", [...NAMESPACES, "true"]).status !== 0) return "namespaces are not available";
  return undefined;
}

export interface RootRun {
  /** Exit code of the agent. */
  readonly code: number;
  /** The result of each step: `Name success`. */
  readonly steps: readonly string[];
  /** The lines that steps printed on standard output. */
  readonly printed: readonly string[];
  /** The changes in the root: `+ path file 0644 0:0 "text"`; long contents and folders that existed before are left out. */
  readonly changes: readonly string[];
}

// The root is this machine's own below an in-memory layer that receives all writes, in a mount namespace that ends with the script. There
// is no network in it, no process of the machine, and only devices without content.
const SCRIPT = `set -e
mount -t tmpfs tmpfs "$1"
cd "$1"
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
for folder in tmp run dev var/tmp; do mount -t tmpfs tmpfs "root/$folder"; done
for device in null zero random urandom; do touch "root/dev/$device"; mount --bind "/dev/$device" "root/dev/$device"; done
mkdir -p root/run/shared root/srv/here
mount --bind "$2" root/run/shared
mount -t proc proc root/proc
in_root() { env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin chroot root sh -c "cd /srv/here; $1"; }
in_root "$3" > "$2/prepared" 2>&1
cp -a upper "$2/before"
code=0
in_root "/run/shared/ib-agent run --documents /run/shared/document.yaml --log-directory /run/shared/logs --state-directory /run/shared/state --restart caller" > "$2/reported" 2>&1 || code=$?
cp -a upper "$2/after"
echo "$code"
`;

/** Runs a document with the packed agent in a temporary root. The commands prepare what the document expects. */
export function runInTemporaryRoot(text: string, commands: string): Promise<RootRun> {
  return withTemporaryFolder((scratch) =>
    withTemporaryFolder(async (shared) => {
      await cp(AGENT, join(shared, "ib-agent"));
      await writeFile(join(shared, "document.yaml"), text);
      await mkdir(join(shared, "logs"));
      const { stdout } = await promisify(execFile)("unshare", [...NAMESPACES, "sh", "-c", SCRIPT, "sh", scratch, shared, commands]);
      return { code: Number(stdout), ...(await readLogs(join(shared, "logs"))), changes: await readChanges(shared) };
    }),
  );
}

interface DetailedOutput {
  readonly documents: readonly {
    readonly phases: readonly { readonly steps: readonly { readonly name: string; readonly status: string }[] }[];
  }[];
}

async function readLogs(logs: string): Promise<Pick<RootRun, "steps" | "printed">> {
  const [name = ""] = await readdir(logs);
  const console = await readFile(join(logs, name, "console.log"), "utf8");
  const printed = [...console.matchAll(/ Stdout: (.*)/g)].map(([, line]) => line ?? "");
  const output = join(logs, name, "detailedoutput.json");
  // a run that waits for a restart has no result yet
  const { documents } = (existsSync(output) ? JSON.parse(await readFile(output, "utf8")) : { documents: [] }) as DetailedOutput;
  return {
    printed,
    steps: documents.flatMap(({ phases }) => phases.flatMap(({ steps }) => steps.map(({ name, status }) => `${name} ${status}`))),
  };
}

/** A layer contains a copy of each folder in which something was changed. */
async function readChanges(shared: string): Promise<string[]> {
  const lines = treeDifference(await readTree(join(shared, "before")), await readTree(join(shared, "after")));
  return lines.filter((line) => !isOldFolder(line)).map((line) => line.replace(/ \d+ bytes sha256 .*/, ""));
}

function isOldFolder(line: string): boolean {
  const [, path = ""] = /^\+ (.*) folder \d/.exec(line) ?? [];
  return path !== "" && existsSync(`/${path}`);
}
