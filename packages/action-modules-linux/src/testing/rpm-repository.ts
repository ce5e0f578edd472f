import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface TestRpm {
  readonly name: string;
  readonly version: string;
  /** The `Requires` tag. */
  readonly requires?: string;
}

/** A package source for dnf and zypper in a folder below a root, with real packages. */
export class RpmRepository {
  /** `path` is the folder as seen inside the root. */
  constructor(
    private readonly root: string,
    readonly path: string,
  ) {}

  /** Builds packages with rpmbuild and adds them to the source with createrepo_c, both inside the root. */
  async publish(...packages: readonly TestRpm[]): Promise<void> {
    await mkdir(join(this.root, this.path), { recursive: true });
    for (const { name, version, requires } of packages) {
      const tags = [
        `Name: ${name}`,
        `Version: ${version}`,
        "Release: 1",
        "Summary: a package of a test",
        "License: none",
        "BuildArch: noarch",
      ];
      const spec = [
        ...tags,
        ...(requires === undefined ? [] : [`Requires: ${requires}`]),
        "%description",
        "A package of a test.",
        "%files",
        "",
      ].join("\n");
      await writeFile(join(this.root, this.path, `${name}.spec`), spec);
      const folders = ["--define", `_topdir ${this.path}/build`, "--define", `_rpmdir ${this.path}`];
      await run("chroot", [this.root, "rpmbuild", "-bb", "--quiet", ...folders, `${this.path}/${name}.spec`]);
    }
    await run("chroot", [this.root, "createrepo_c", "--quiet", this.path]);
  }
}
