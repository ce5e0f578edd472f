import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CACHE = join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "imagewright", "python-clients");
const PACKAGES = ["awscli", "boto3"];

/** Why there are no clients, where there are none. */
export const NO_PYTHON_CLIENTS = "PyPI cannot be reached, or python3 has no venv";

/** The programs of a virtual environment with the newest `aws` and boto3, made once a day; undefined where PyPI cannot be reached. */
export function pythonClients(now: Date): { readonly aws: string; readonly python: string } | undefined {
  const day = now.toISOString().slice(0, 10);
  mkdirSync(CACHE, { recursive: true });
  for (const older of readdirSync(CACHE).filter((name) => !name.startsWith(day))) rmSync(join(CACHE, older), { recursive: true });
  const folder = madeBefore(day) ?? make(day);
  return folder === undefined ? undefined : { aws: join(folder, "bin", "aws"), python: join(folder, "bin", "python3") };
}

// two suites may make one at the same time: each makes its own, and either is named in the end
function make(day: string): string | undefined {
  const folder = mkdtempSync(join(CACHE, `${day}-`));
  const install = ["install", "--quiet", "--retries", "0", "--disable-pip-version-check", ...PACKAGES];
  if (!succeeds("python3", ["-m", "venv", folder]) || !succeeds(join(folder, "bin", "pip"), install)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  writeFileSync(join(CACHE, day), folder);
  return folder;
}

function madeBefore(day: string): string | undefined {
  try {
    return readFileSync(join(CACHE, day), "utf8") || undefined;
  } catch {
    return undefined;
  }
}

function succeeds(command: string, parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: "ignore" }).status === 0;
}
