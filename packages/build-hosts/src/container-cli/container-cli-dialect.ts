import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { quote } from "@imagewright/diagnostics";
import { makePrivateFolder } from "@imagewright/node-host";
import type { Cancellable } from "../cancellable.js";
import type { Container, Dialect, CallScratch, CallFolder } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { findRunRoot } from "../engines/find-run-root.js";
import { readImageInfo } from "../engines/inspected-image.js";
import { lastingCall } from "../engines/lasting-call.js";
import { listTags } from "../engines/list-tags.js";
import { buildHostError } from "../errors.js";
import type { JobPaths } from "../machines/machine-folders.js";
import type { ImportSource } from "../port/container-host.js";
import type { OciOutput } from "../port/image-output.js";
import type { Isolation } from "../port/isolation.js";
import type { ShellCommand } from "../port/shell-command.js";
import type { OciImageRef } from "../port/refs.js";
import { changesFor } from "./changes-for.js";
import { ContainerJobs } from "./container-jobs.js";
import { addDockerManifest, layoutFromDockerArchive } from "../oci/docker-archive.js";
import { writeSingleImage } from "../oci/single-image.js";
import { engineFailure, isImageMissing } from "../processes/engine-failure.js";
import { runTool } from "../processes/run-tool.js";

/** The differences between podman and docker. */
export interface ContainerCli {
  readonly name: "docker" | "podman";
  readonly isolation: Isolation;
  /** Flags for `run` on this machine, found by trial. */
  readonly runFlags: readonly string[];
  /**
   * Flags with which `save` writes an OCI layout into a folder, uncompressed and therefore with the store's digest; undefined if it writes
   * only archives.
   */
  readonly saveFolderFlags: readonly string[] | undefined;
  /** The template with which `info` says the folder of the store's locks; undefined if the store is only known to a daemon. */
  readonly runRoot: string | undefined;
  readonly commitFlags: readonly string[];
  /** Writes a text for a line of `commit --change`, where it stands in double quotes or alone. */
  readonly escape: (text: string) => string;
  readonly removeFlags: readonly string[];
  /** The engine's command that removes folders with files of an ordinary user's sub-ids; undefined where those cannot be. */
  readonly removeFolder: readonly string[] | undefined;
  /** Called when a container could not be started, perhaps because the flags do not fit any more. */
  readonly onStartFailure: () => Promise<void>;
}

/** Podman and docker, which share a command line. The container's own process only waits; commands are run with `exec`. */
export class ContainerCliDialect implements Dialect {
  readonly #jobs: ContainerJobs;
  #runRoot: Promise<string> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly cli: ContainerCli,
  ) {
    this.#jobs = new ContainerJobs(engine, this.jobsFolder);
  }

  // /dev is a file system of the container's own, so no place of a mount stays in the image
  readonly jobsFolder = "/dev/imagewright/jobs";
  readonly toolsFolder = "/dev/imagewright/tools";

  get name(): string {
    return this.cli.name;
  }

  get isolation(): Isolation {
    return this.cli.isolation;
  }

  async start(container: Container, image: string, { signal }: Cancellable): Promise<void> {
    await this.remove(container);
    const mounts = container.mounts.flatMap(({ source, target, isReadOnly }) => [
      "--volume",
      `${source}:${target}${isReadOnly ? ":ro" : ""}`,
    ]);
    const waiting = ["--entrypoint", "/bin/sh", image, "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait; done"];
    // the image's user stays, since a commit takes it from the container; jobs are run as root
    const flags = ["--detach", "--pull", "never", "--name", container.name, ...mounts, ...this.cli.runFlags];
    try {
      // a podman that dies on its way leaves an address that nobody gives back, or a monitor
      const call = { operation: `start a container from ${quote(image)}`, image, signal };
      await lastingCall(this.engine, container, ["run", ...flags, ...waiting], call);
    } catch (thrown) {
      await this.cli.onStartFailure();
      throw thrown;
    }
  }

  /** A container that was stopped, as by a restart of this computer, is started again: its files are as they were. */
  async hasContainer(container: Container): Promise<boolean> {
    const { name } = container;
    const { exitCode, stdout } = await this.engine.attempt(["container", "inspect", "--format", "{{.State.Running}}", name]);
    if (exitCode !== 0) return false;
    if (stdout.trim() !== "true")
      await lastingCall(this.engine, container, ["start", name], { operation: `start container ${quote(name)}` });
    return true;
  }

  async restart(container: Container): Promise<void> {
    const { name } = container;
    await lastingCall(this.engine, container, ["restart", "--time", "0", name], { operation: `restart container ${quote(name)}` });
  }

  async remove({ name }: Container): Promise<void> {
    const result = await this.engine.attemptRemoval(["rm", "--force", ...this.cli.removeFlags, name]);
    if (result.exitCode !== 0 && !/no such container|no container with name/i.test(result.stderr))
      await this.engine.call(["rm", "--force", name], { operation: `remove container ${quote(name)}` });
  }

  async removeFolder(path: string): Promise<void> {
    if (this.cli.removeFolder === undefined) await rm(path, { recursive: true, force: true });
    else await this.engine.call([...this.cli.removeFolder, path], { operation: `remove folder ${quote(path)}` });
  }

  shellCommand({ name }: Container): ShellCommand {
    const { environment } = this.engine;
    return { environment, words: this.engine.line(["exec", "--interactive", "--tty", "--user", "0", name, "sh"]) };
  }

  startJob(container: Container, job: JobPaths, words: readonly string[]): Promise<void> {
    return this.#jobs.start(container, job, words, () => this.#requireContainer(container));
  }

  isJobAlive(container: Container, job: JobPaths): Promise<boolean> {
    return this.#jobs.isAlive(container, job);
  }

  whyJobEnded(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  stopJob(container: Container): Promise<void> {
    return this.#jobs.stop(container);
  }

  async commit(container: Container, image: string, output: OciOutput, { signal }: Cancellable): Promise<OciImageRef | undefined> {
    const { name } = container;
    await this.#requireContainer(container);
    const before = await this.#parentConfig(name);
    const changes = changesFor({ command: before.command, entrypoint: before.entrypoint, ...definedOnly(output) }, this.cli.escape).flatMap(
      (change) => ["--change", change],
    );
    const words = ["commit", ...this.cli.commitFlags, ...changes, name, image];
    await lastingCall(this.engine, container, words, { operation: "commit the container", signal });
    return this.inspectImage(image);
  }

  listTags(repository: string): Promise<readonly string[]> {
    return listTags(this.engine, repository, "{{.Repository}}:{{.Tag}}");
  }

  /**
   * That of the store, which podman shares with buildah. Docker's is only known to its daemon: all folders for state of this user share one
   * in the folder for temporary files, with a name that others can guess; one that they have made is refused.
   */
  async lockFolder(): Promise<string> {
    if (this.cli.runRoot !== undefined) return (this.#runRoot ??= findRunRoot(this.engine, this.cli.runRoot));
    const folder = join(tmpdir(), `imagewright-${String(process.getuid?.() ?? 0)}`);
    await makePrivateFolder(folder);
    return folder;
  }

  async inspectImage(reference: string): Promise<OciImageRef | undefined> {
    const result = await this.engine.attempt(["image", "inspect", reference]);
    if (result.exitCode === 0) return readImageInfo(result.stdout, reference);
    if (isImageMissing(result)) return undefined;
    throw engineFailure({ engine: this.name, operation: `look for image ${quote(reference)}` }, result);
  }

  async tag(reference: string, name: string): Promise<void> {
    await this.engine.call(["tag", reference, name], { operation: `name the image ${quote(name)}`, image: reference });
  }

  async untag(reference: string): Promise<void> {
    const result = await this.engine.attemptRemoval(["rmi", reference]);
    // `--force` would remove the containers of others that use the image
    if (result.exitCode !== 0 && !/no such image|image not known/i.test(result.stderr))
      throw engineFailure({ engine: this.name, operation: `remove image ${quote(reference)}` }, result);
  }

  async removeUnnamed(id: string): Promise<void> {
    const ids = await this.engine.attempt(["images", "--quiet", "--no-trunc", "--filter", "dangling=true"]);
    if (ids.stdout.split("\n").includes(id)) await this.engine.attemptRemoval(["rmi", id]);
  }

  async pull(reference: string, { signal }: Cancellable): Promise<void> {
    await this.engine.call(["pull", "--quiet", reference], { operation: `pull ${quote(reference)}`, image: reference, signal });
  }

  async importImage(source: ImportSource, name: string, { folder, container, signal }: CallScratch): Promise<void> {
    if ("tar" in source) {
      const changes = ["--change", "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--change", 'CMD ["/bin/sh"]'];
      const call = { operation: `read ${quote(basename(source.tar))}`, signal };
      await lastingCall(this.engine, container, ["import", ...changes, source.tar, name], call);
      return;
    }
    const single = join(folder, "layout");
    await mkdir(single);
    await writeSingleImage(source.layout, source.tag, single);
    await addDockerManifest(single, name);
    const archive = join(folder, "layout.tar");
    // blobs are links to the given layout
    await tar(["--create", "--dereference", "--file", archive, "--directory", single, "."], signal);
    const printed = await lastingCall(this.engine, container, ["load", "--quiet", "--input", archive], {
      operation: `read ${quote(source.layout)}`,
      signal,
    });
    await this.tag(printed.trim().split(/\s/).at(-1) ?? "", name);
  }

  async exportImage({ reference }: OciImageRef, folder: string, scratch: CallFolder): Promise<void> {
    const { signal } = scratch;
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
    const archive = join(scratch.folder, "image.tar");
    await save([], archive);
    if (!(await hasIndex(archive, signal))) {
      const extracted = join(scratch.folder, "image");
      await mkdir(extracted);
      await tar(["--extract", "--file", archive, "--directory", extracted], signal);
      await rm(archive);
      await layoutFromDockerArchive(extracted, folder);
      return;
    }
    await tar(["--extract", "--file", archive, "--directory", folder], signal);
    // for older readers, which do not know the layout
    for (const name of ["manifest.json", "repositories"]) await rm(join(folder, name), { force: true });
  }

  async #requireContainer(container: Container): Promise<void> {
    if (!(await this.hasContainer(container))) throw buildHostError("machine-not-found", { machine: container.name, host: this.name });
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

function definedOnly(options: OciOutput): OciOutput {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as OciOutput;
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
