import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface TestPackage {
  readonly name: string;
  readonly version: string;
  /** The `Depends` field. */
  readonly depends?: string;
  /** Configuration files with their content, by absolute path. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The script that runs after the package is unpacked. */
  readonly postinst?: string;
}

/** A package source in a folder, with real packages: `deb [trusted=yes] file:FOLDER ./`. */
export class DebianRepository {
  readonly #index: string[];

  constructor(
    readonly folder: string,
    index: readonly string[] = [],
  ) {
    this.#index = [...index];
  }

  /** The same source at the folder to which it was copied. */
  in(folder: string): DebianRepository {
    return new DebianRepository(folder, this.#index);
  }

  /** Builds packages and adds them to the source. */
  async publish(...packages: readonly TestPackage[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const each of packages) this.#index.push(await this.#build(each));
    await writeFile(join(this.folder, "Packages"), this.#index.join("\n"));
  }

  async #build({ name, version, depends, settings = {}, postinst }: TestPackage): Promise<string> {
    const file = `${name}_${version}_all.deb`;
    const tree = join(this.folder, `${name}.tree`);
    await writeFiles(tree, { ...settings, [`/usr/share/doc/${name}/version`]: `${version}\n` });
    const dependencies = depends === undefined ? "" : `Depends: ${depends}\n`;
    const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Test <test@example.org>\n${dependencies}Description: a package of a test\n`;
    await writeFiles(tree, {
      "/DEBIAN/control": control,
      "/DEBIAN/conffiles": Object.keys(settings)
        .map((path) => `${path}\n`)
        .join(""),
    });
    if (postinst !== undefined) await writeFile(join(tree, "DEBIAN", "postinst"), `#!/bin/sh\n${postinst}\n`, { mode: 0o755 });
    await run("dpkg-deb", ["--root-owner-group", "--build", tree, join(this.folder, file)]);
    await rm(tree, { recursive: true });
    const content = await readFile(join(this.folder, file));
    return `${control}Filename: ./${file}\nSize: ${content.length}\nSHA256: ${createHash("sha256").update(content).digest("hex")}\n`;
  }
}

export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
