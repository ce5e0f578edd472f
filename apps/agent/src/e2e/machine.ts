import { spawn, spawnSync } from "node:child_process";
import { appendFile, chmod, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EXECUTABLE } from "./agent.js";

/** Why machines cannot be booted here, or undefined if they can. */
export function whyNoMachines(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "booting a machine needs Linux and root";
  const missing = ["mmdebstrap", "systemd-nspawn"].find((tool) => spawnSync(tool, ["--version"]).status !== 0);
  return missing === undefined ? undefined : `${missing} is not installed`;
}

export type InitSystem = "systemd" | "sysvinit";

const PACKAGES: Readonly<Record<InitSystem, string>> = {
  systemd: "systemd,systemd-sysv,dbus,cron",
  sysvinit: "sysvinit-core,initscripts,procps,cron",
};

// the exit code of systemd-nspawn if the machine asks for a restart
const RESTARTS = 133;

/** A Debian in a folder, booted with its own init system, and again after each restart. */
export class Machine {
  /** The time of each restart, milliseconds since 1970. */
  readonly restarts: number[] = [];
  #kill: () => void = () => undefined;
  #over: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  private constructor(
    readonly root: string,
    private readonly init: InitSystem,
  ) {}

  static async make(root: string, init: InitSystem): Promise<Machine> {
    const made = spawnSync("mmdebstrap", ["--quiet", "--variant=minbase", `--include=${PACKAGES[init]}`, "bookworm", root], {
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(`mmdebstrap: ${made.stderr}`);
    return new Machine(root, init);
  }

  /** Copies the packed agent to a path in the machine. */
  async installAgent(path: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await cp(EXECUTABLE, join(this.root, path));
  }

  /** Makes the machine run a script once, at the end of its next boot. */
  async runAtNextBoot(script: string): Promise<void> {
    const begin = join(this.root, "root/begin");
    await writeFile(begin, `#!/bin/bash\nrm /root/begin\n${script}\n`);
    await chmod(begin, 0o755);
    if (this.init === "sysvinit") {
      await writeFile(join(this.root, "etc/rc.local"), "#!/bin/sh\ntest -e /root/begin && /root/begin &\n", { mode: 0o755 });
      return;
    }
    const unit = "[Unit]\nAfter=multi-user.target\nConditionPathExists=/root/begin\n[Service]\nExecStart=/root/begin\n";
    await writeFile(join(this.root, "etc/systemd/system/begin.service"), unit);
    await symlink("../begin.service", join(this.root, "etc/systemd/system/multi-user.target.wants/begin.service")).catch(() => undefined);
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.root, path), "utf8");
  }

  /** Boots the machine, polls the condition until it holds, and switches the machine off. Throws if it ends before. */
  async bootUntil(condition: () => Promise<boolean>): Promise<void> {
    this.restarts.length = 0;
    this.#over = this.#boot();
    try {
      while (this.#failure === undefined && !(await condition())) await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      await this.switchOff();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async switchOff(): Promise<void> {
    this.#kill();
    await this.#over;
  }

  async #boot(): Promise<void> {
    let isOff = false;
    for (let status: number | null = RESTARTS; status === RESTARTS && !isOff;) {
      const options = [
        "--quiet",
        "--boot",
        "--register=no",
        "--keep-unit",
        "--console=pipe",
        `--machine=imagewright-${process.pid}`,
        `--directory=${this.root}`,
      ];
      const child = spawn("systemd-nspawn", options, { stdio: ["ignore", "pipe", "pipe"] });
      this.#kill = () => {
        isOff = true;
        child.kill("SIGKILL"); // its processes, including the init system, end with it
      };
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => void appendFile(join(this.root, "console"), chunk).catch(() => undefined));
      status = await new Promise<number | null>((resolve) => child.once("close", resolve));
      if (status === RESTARTS) this.restarts.push(Date.now());
      else if (!isOff)
        this.#failure = new Error(`the machine ended with ${status}: ${await this.read("console").catch(() => "no console")}`);
    }
  }
}
