import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeFiles } from "./debian-repository.js";
import { RpmRepository, type TestRpm } from "./rpm-repository.js";

const run = promisify(execFile);

/** A folder as the root for this machine's zypper and rpm, which are the only package managers on its PATH. */
export class ZypperRoot {
  readonly environment: Readonly<Record<string, string>>;
  /** The file with the id of the process that holds the lock. */
  readonly lockFile: string;
  readonly #repository: RpmRepository;

  private constructor(private readonly folder: string) {
    this.environment = { PATH: join(folder, "bin") };
    this.lockFile = join(folder, "root/run/zypp.pid");
    this.#repository = new RpmRepository("/", join(folder, "source"));
  }

  /** Installs the first packages and puts the others in its source. */
  static async make(folder: string, installed: readonly TestRpm[], offered: readonly TestRpm[]): Promise<ZypperRoot> {
    const root = new ZypperRoot(folder);
    await writeFiles(folder, {
      "/root/etc/zypp/repos.d/test.repo": `[test]\nname=test\nbaseurl=dir://${folder}/source\nenabled=1\ngpgcheck=0\nautorefresh=1\n`,
      "/root/run/.here": "",
    });
    await mkdir(join(folder, "bin"));
    await root.#writeProgram("zypper", "--root");
    await root.#writeProgram("rpm", "--dbpath /var/lib/rpm --root");
    await symlink("/usr/bin/id", join(folder, "bin/id"));
    await root.#repository.publish(...installed);
    await root.run(
      "rpm",
      "-i",
      "--nodeps",
      ...installed.map(({ name, version }) => join(folder, `source/noarch/${name}-${version}-1.noarch.rpm`)),
    );
    await root.#repository.publish(...offered);
    return root;
  }

  /** Runs a command in this root and returns its output. */
  async run(file: string, ...parameters: readonly string[]): Promise<string> {
    return (await run(join(this.folder, "bin", file), parameters, { env: this.environment })).stdout;
  }

  async #writeProgram(name: string, options: string): Promise<void> {
    const text = `#!/bin/sh\nexport PATH=/usr/sbin:/usr/bin:/sbin:/bin\nexec /usr/bin/${name} ${options} ${join(this.folder, "root")} "$@"\n`;
    await writeFile(join(this.folder, "bin", name), text, { mode: 0o755 });
  }
}
