import { access, mkdir, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { ImportSource } from "../build-host.js";
import type { Cancellable } from "../cancellable.js";
import type { ImageInfo } from "../image-info.js";
import type { Dialect } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { readImageInfo } from "../engines/image-info.js";
import { buildHostError } from "../errors.js";
import type { CommitOptions } from "../machine.js";
import { quote } from "@imagewright/diagnostics";
import { withSingleImage } from "../oci/single-image.js";
import { layoutFromDirectory } from "../oci/layout-from-directory.js";
import { engineFailure, isImageMissing } from "../processes/engine-failure.js";
import { runTool } from "../processes/run-tool.js";
import { resolveInRoot } from "./resolve-in-root.js";

/**
 * Buildah with `--isolation chroot`, which needs no container runtime. It does not give commands a process namespace, so daemons would
 * outlive them; `unshare` does, and the namespace ends with the command and with this process.
 */
export class BuildahDialect implements Dialect {
  readonly name = "buildah";

  constructor(private readonly engine: Engine) {}

  async start(container: string, image: string, { signal }: Cancellable): Promise<void> {
    await this.engine.call(["from", "--pull-never", "--name", container, image], {
      operation: `start a container from ${quote(image)}`,
      image,
      signal,
    });
  }

  async runArguments(container: string, words: readonly string[]): Promise<readonly string[]> {
    const unshare = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    return [
      ...unshare,
      "env",
      ...Object.entries(this.engine.environment).map(([name, value]) => `${name}=${value}`),
      ...this.engine.line(["run", "--isolation", "chroot", container, "--", ...words]),
    ];
  }

  isNoise(line: string): boolean {
    return /^(subprocess exited (with status \d+|on \w+)|Error: (while running runtime: )?exit status \d+)$/.test(line);
  }

  /** Buildah copies itself into memory before it starts the command, which fails occasionally on a busy machine: once in 270 runs here. */
  isTransient(stderr: string): boolean {
    return stderr.includes("sealing memfd copy");
  }

  async copyIn(container: string, localPath: string, remotePath: string): Promise<void> {
    await requirePath(localPath, "here");
    const target = await resolveInRoot(await this.#mount(container), remotePath);
    await mkdir(dirname(target), { recursive: true });
    await copy(localPath, target, `copy ${quote(localPath)} into the container`);
  }

  async copyOut(container: string, remotePath: string, localPath: string): Promise<void> {
    const source = await resolveInRoot(await this.#mount(container), remotePath);
    await requirePath(source, "in the container", remotePath);
    await mkdir(dirname(localPath), { recursive: true });
    await copy(source, localPath, `copy ${quote(remotePath)} out of the container`);
  }

  async commit(container: string, image: string, options: CommitOptions): Promise<void> {
    const settings = configFlags(options);
    const { signal } = options;
    if (settings.length > 0)
      await this.engine.call(["config", ...settings, container], { operation: "set the image's configuration", signal });
    await this.engine.call(["commit", "--quiet", container, image], { operation: "commit the container", signal });
  }

  async remove(container: string): Promise<void> {
    const result = await this.engine.attempt(["rm", container]);
    if (result.exitCode !== 0 && !/container not known|no such container/i.test(result.stderr))
      await this.engine.call(["rm", container], { operation: `remove container ${quote(container)}` });
  }

  async inspectImage(reference: string): Promise<ImageInfo | undefined> {
    const result = await this.engine.attempt(["inspect", "--type", "image", reference]);
    if (result.exitCode === 0) return readImageInfo(result.stdout, reference);
    if (isImageMissing(result)) return undefined;
    throw engineFailure({ engine: this.name, operation: `look for image ${quote(reference)}` }, result);
  }

  async tag(reference: string, name: string): Promise<void> {
    await this.engine.call(["tag", reference, name], { operation: `name the image ${quote(name)}`, image: reference });
  }

  async untag(reference: string): Promise<void> {
    const result = await this.engine.attempt(["rmi", reference]);
    if (result.exitCode !== 0 && !/image not known|no such image/i.test(result.stderr))
      await this.engine.call(["rmi", "--force", reference], { operation: `remove image ${quote(reference)}` });
  }

  async pull(reference: string, { signal }: Cancellable): Promise<void> {
    await this.engine.call(["pull", "--quiet", reference], { operation: `pull ${quote(reference)}`, image: reference, signal });
  }

  async importImage(source: ImportSource, name: string, { signal }: Cancellable): Promise<void> {
    if ("tar" in source) return this.#importTar(source.tar, name, signal);
    // buildah also names the image after the folder, and rejects folders whose name is not a valid image name, so it gets one with a known
    // name
    await withSingleImage(source.layout, source.tag, async (workingDirectory, folder) => {
      const id = (
        await this.engine.call(["pull", "--quiet", `oci:${folder}`], {
          operation: `read ${quote(source.layout)}`,
          signal,
          workingDirectory,
        })
      ).trim();
      await this.tag(id, name);
      await this.untag(`localhost/${folder}:latest`);
    });
  }

  /**
   * Layers stay uncompressed: 2 s for the example against 10 s, and the layout's manifest is the store's own, so the image has one digest.
   * `push oci:` ignores its compression flags, so the layout is made from `push dir:`.
   */
  async exportImage(reference: string, folder: string, { signal }: Cancellable): Promise<void> {
    await mkdir(folder, { recursive: true });
    await this.engine.call(["push", "--quiet", "--format", "oci", "--disable-compression", reference, `dir:${folder}`], {
      ...{ operation: `write ${quote(folder)}`, image: reference, signal },
    });
    await layoutFromDirectory(folder);
  }

  async #importTar(tar: string, name: string, signal: AbortSignal | undefined): Promise<void> {
    const call = { operation: `read ${quote(basename(tar))}`, signal };
    const container = (await this.engine.call(["from", "scratch"], call)).trim();
    try {
      await this.engine.call(["add", "--quiet", container, tar, "/"], call);
      await this.engine.call(
        ["config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--cmd", '["/bin/sh"]', container],
        call,
      );
      await this.engine.call(["commit", "--quiet", container, name], call);
    } finally {
      await this.remove(container);
    }
  }

  async #mount(container: string): Promise<string> {
    return (await this.engine.call(["mount", container], { operation: `open container ${quote(container)}` })).trim();
  }
}

// without --remove-destination, cp follows a link of the container and writes to a file of this computer
const COPY = [
  "-H",
  "--recursive",
  "--preserve=mode,links,timestamps",
  "--reflink=auto",
  "--remove-destination",
  "--no-target-directory",
  "--",
];

async function copy(source: string, target: string, operation: string): Promise<void> {
  const isNew = !(await exists(target));
  const result = await runTool({ file: "cp", arguments: [...COPY, source, target] });
  if (result.exitCode === 0) return;
  if (isNew) await rm(target, { recursive: true, force: true });
  if (/no space left/i.test(result.stderr)) throw buildHostError("disk-full", { engine: "buildah", operation });
  throw buildHostError("engine-failed", {
    engine: "cp",
    operation,
    exitCode: result.exitCode,
    lines: result.stderr.trim().split("\n").slice(-3),
  });
}

async function requirePath(path: string, where: string, shown = path): Promise<void> {
  if (!(await exists(path))) throw buildHostError("path-not-found", { path: shown, where });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function configFlags({ labels, command, entrypoint, exposedPorts, environment, workingDirectory, user }: CommitOptions): string[] {
  return [
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => ["--label", `${key}=${value}`]),
    ...(command === undefined ? [] : ["--cmd", JSON.stringify(command)]),
    ...(entrypoint === undefined ? [] : ["--entrypoint", JSON.stringify(entrypoint)]),
    ...(exposedPorts ?? []).flatMap((port) => ["--port", port.includes("/") ? port : `${port}/tcp`]),
    ...Object.entries(environment ?? {}).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ...(workingDirectory === undefined ? [] : ["--workingdir", workingDirectory]),
    ...(user === undefined ? [] : ["--user", user]),
  ];
}
