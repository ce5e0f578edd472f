import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CACHE = join(import.meta.dirname, "..", "..", "..", "..", "node_modules", ".cache", "imagewright", "python-clients");
const PACKAGES = ["awscli", "boto3"];

/** The programs of a virtual environment with the newest `aws` and boto3, made once a day; undefined where PyPI cannot be reached. */
export function pythonClients(now: Date): { readonly aws: string; readonly python: string } | undefined {
  const day = now.toISOString().slice(0, 10);
  const folder = join(CACHE, day);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    mkdirSync(CACHE, { recursive: true });
    for (const older of readdirSync(CACHE)) rmSync(join(CACHE, older), { recursive: true });
    const install = ["install", "--quiet", "--retries", "0", "--disable-pip-version-check", ...PACKAGES];
    if (!succeeds("python3", ["-m", "venv", folder]) || !succeeds(join(folder, "bin", "pip"), install)) return undefined;
    writeFileSync(complete, "");
  }
  return { aws: join(folder, "bin", "aws"), python: join(folder, "bin", "python3") };
}

function succeeds(command: string, parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: "ignore" }).status === 0;
}
