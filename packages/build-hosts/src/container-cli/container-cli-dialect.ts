import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { quote } from "@imagewright/diagnostics";
import type { ImportSource } from "../build-host.js";
import type { Cancellable } from "../cancellable.js";
import type { ImageInfo } from "../image-info.js";
import type { Dialect } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { readImageInfo } from "../engines/image-info.js";
import { buildHostError } from "../errors.js";
import type { CommitOptions } from "../machine.js";
import { engineFailure, isImageMissing } from "../processes/engine-failure.js";
import { runTool } from "../processes/run-tool.js";

/** The differences between podman and docker. */
export interface ContainerCli {
  readonly name: "docker" | "podman";
  /** Flags for `run` on this machine, found by trial. */
  readonly runFlags: readonly string[];
  /**
   * Flags with which `save` writes an OCI layout into a folder, uncompressed and therefore with the store's digest; undefined if it writes
   * only archives.
   */
  readonly saveFolderFlags: readonly string[] | undefined;
  readonly commitFlags: readonly string[];
  readonly removeFlags: readonly string[];
}

/** Podman and docker, which share a command line. The container's own process only waits; commands are run with `exec`. */
export class ContainerCliDialect implements Dialect {
  constructor(
    private readonly engine: Engine,
    private readonly cli: ContainerCli,
  ) {}

  get name(): string {
    return this.cli.name;
  }

  async start(container: string, image: string, { signal }: Cancellable): Promise<void> {
    const waiting = ["--entrypoint", "/bin/sh", image, "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait; done"];
    await this.engine.call(["run", "--detach", "--pull", "never", "--name", container, "--user", "0", ...this.cli.runFlags, ...waiting], {
      ...{ operation: `start a container from ${quote(image)}`, image, signal },
    });
  }

  async runArguments(container: string, words: readonly string[]): Promise<readonly string[]> {
    return this.engine.line(["exec", "--user", "0", container, ...words]);
  }

  /** The command runs below the engine, not below this process: killing `exec` leaves it running. */
  async stopProcesses(container: string): Promise<void> {
    await this.engine.attempt(["exec", "--user", "0", container, "/bin/sh", "-c", "kill -9 -1"]);
  }

  async copyIn(container: string, localPath: string, remotePath: string): Promise<void> {
    const facts = await stat(localPath).catch(() => undefined);
    if (facts === undefined) throw buildHostError("path-not-found", { path: localPath, where: "here" });
    const operation = `copy ${quote(localPath)} into the container`;
    await this.engine.call(["exec", "--user", "0", container, "mkdir", "-p", facts.isDirectory() ? remotePath : dirname(remotePath)], {
      operation,
    });
    await this.engine.call(["cp", facts.isDirectory() ? `${localPath}/.` : localPath, `${container}:${remotePath}`], { operation });
    await this.engine.call(["exec", "--user", "0", container, "chown", "-R", "0:0", remotePath], { operation });
  }

  async copyOut(container: string, remotePath: string, localPath: string): Promise<void> {
    await mkdir(dirname(localPath), { recursive: true });
    const isFolder = (await this.engine.attempt(["exec", "--user", "0", container, "test", "-d", remotePath])).exitCode === 0;
    if (isFolder) await mkdir(localPath, { recursive: true });
    const result = await this.engine.attempt(["cp", `${container}:${remotePath}${isFolder ? "/." : ""}`, localPath]);
    if (result.exitCode === 0) return;
    if (/no such|could not find|not found/i.test(result.stderr))
      throw buildHostError("path-not-found", { path: remotePath, where: "in the container" });
    throw engineFailure({ engine: this.name, operation: `copy ${quote(remotePath)} out of the container` }, result);
  }

  async commit(container: string, image: string, options: CommitOptions): Promise<void> {
    const before = await this.#parentConfig(container);
    const changes = changesFor({ command: before.command, entrypoint: before.entrypoint, ...definedOnly(options) }).flatMap((change) => [
      "--change",
      change,
    ]);
    await this.engine.call(["commit", ...this.cli.commitFlags, ...changes, container, image], {
      operation: "commit the container",
      signal: options.signal,
    });
  }

  async remove(container: string): Promise<void> {
    const result = await this.engine.attempt(["rm", "--force", ...this.cli.removeFlags, container]);
    if (result.exitCode !== 0 && !/no such container|no container with name/i.test(result.stderr)) {
      await this.engine.call(["rm", "--force", container], { operation: `remove container ${quote(container)}` });
    }
  }

  async inspectImage(reference: string): Promise<ImageInfo | undefined> {
    const result = await this.engine.attempt(["image", "inspect", reference]);
    if (result.exitCode === 0) return readImageInfo(result.stdout, reference);
    if (isImageMissing(result)) return undefined;
    throw engineFailure({ engine: this.name, operation: `look for image ${quote(reference)}` }, result);
  }

  async tag(reference: string, name: string): Promise<void> {
    await this.engine.call(["tag", reference, name], { operation: `name the image ${quote(name)}`, image: reference });
  }

  async untag(reference: string): Promise<void> {
    const result = await this.engine.attempt(["rmi", reference]);
    if (result.exitCode !== 0 && !/no such image|image not known/i.test(result.stderr))
      await this.engine.call(["rmi", "--force", reference], { operation: `remove image ${quote(reference)}` });
  }

  async pull(reference: string, { signal }: Cancellable): Promise<void> {
    await this.engine.call(["pull", "--quiet", reference], { operation: `pull ${quote(reference)}`, image: reference, signal });
  }

  async importImage(source: ImportSource, name: string, { signal }: Cancellable): Promise<void> {
    if ("tar" in source) {
      const changes = ["--change", "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--change", 'CMD ["/bin/sh"]'];
      await this.engine.call(["import", ...changes, source.tar, name], { operation: `read ${quote(basename(source.tar))}`, signal });
      return;
    }
    await inTemporaryFolder(async (folder) => {
      const archive = join(folder, "layout.tar");
      await tar(["--create", "--file", archive, "--directory", source.layout, "."], signal);
      const printed = await this.engine.call(["load", "--quiet", "--input", archive], {
        operation: `read ${quote(source.layout)}`,
        signal,
      });
      await this.tag(printed.trim().split(/\s/).at(-1) ?? "", name);
    });
  }

  async exportImage(reference: string, folder: string, { signal }: Cancellable): Promise<void> {
    const save = (flags: readonly string[], output: string) =>
      this.engine.call(["save", ...flags, "--output", output, reference], {
        operation: `write ${quote(folder)}`,
        image: reference,
        signal,
      });
    await mkdir(folder, { recursive: true });
    if (this.cli.saveFolderFlags !== undefined) {
      await save(this.cli.saveFolderFlags, folder);
      return;
    }
    await inTemporaryFolder(async (temporary) => {
      const archive = join(temporary, "image.tar");
      await save([], archive);
      if (!(await hasIndex(archive, signal)))
        throw buildHostError("engine-too-old", {
          engine: this.name,
          operation: `write ${quote(folder)} as an OCI image layout`,
          needed: "docker 25 or later",
        });
      await tar(["--extract", "--file", archive, "--directory", folder], signal);
      // for older readers, which do not know the layout
      for (const name of ["manifest.json", "repositories"]) await rm(join(folder, name), { force: true });
    });
  }

  /** The container's own command is the wait loop; the image must keep its parent's command. */
  async #parentConfig(container: string): Promise<{ command: readonly string[]; entrypoint: readonly string[] }> {
    const image = (
      await this.engine.call(["container", "inspect", "--format", "{{.Image}}", container], { operation: "look at the container" })
    ).trim();
    const text = await this.engine.call(["image", "inspect", image], { operation: "look at the parent image", image });
    const [{ Config }] = JSON.parse(text) as [{ Config?: { Cmd?: readonly string[] | null; Entrypoint?: readonly string[] | null } }];
    return { command: Config?.Cmd ?? [], entrypoint: Config?.Entrypoint ?? [] };
  }
}

/** The settings of a commit as lines of a Containerfile. */
function changesFor({ labels, command, entrypoint, exposedPorts, environment, workingDirectory, user }: CommitOptions): string[] {
  return [
    ...Object.entries(labels ?? {}).map(([key, value]) => `LABEL ${key}=${JSON.stringify(value)}`),
    `ENTRYPOINT ${JSON.stringify(entrypoint ?? [])}`,
    `CMD ${JSON.stringify(command ?? [])}`,
    ...(exposedPorts ?? []).map((port) => `EXPOSE ${port}`),
    ...Object.entries(environment ?? {}).map(([key, value]) => `ENV ${key}=${JSON.stringify(value)}`),
    ...(workingDirectory === undefined ? [] : [`WORKDIR ${workingDirectory}`]),
    `USER ${user ?? "0"}`,
  ];
}

function definedOnly(options: CommitOptions): CommitOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Whether an archive made by `save` is an OCI layout; older versions of docker use their own format. */
async function hasIndex(archive: string, signal: AbortSignal | undefined): Promise<boolean> {
  return (await runTool({ file: "tar", arguments: ["--list", "--file", archive, "index.json"], signal })).exitCode === 0;
}

async function tar(parameters: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const result = await runTool({ file: "tar", arguments: parameters, signal });
  if (result.exitCode === 0) return;
  if (/no space left/i.test(result.stderr)) throw buildHostError("disk-full", { engine: "tar", operation: "write the image" });
  throw buildHostError("engine-failed", {
    engine: "tar",
    operation: "write the image",
    exitCode: result.exitCode,
    lines: [result.stderr.trim()],
  });
}

async function inTemporaryFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-image-"));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
