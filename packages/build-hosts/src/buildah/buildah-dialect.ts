import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isImagewrightError, quote } from "@imagewright/diagnostics";
import type { Cancellable } from "../cancellable.js";
import type { CallFolder, CallScratch, CommitOptions, Container, Dialect, KnownBlobs } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { buildHostError } from "../errors.js";
import { readImageInfo } from "../engines/inspected-image.js";
import { findRunRoot } from "../engines/find-run-root.js";
import { lastingCall } from "../engines/lasting-call.js";
import { listTags } from "../engines/list-tags.js";
import type { JobPaths } from "../machines/machine-folders.js";
import { imageOfBlobs } from "../oci/image-of-blobs.js";
import { linkBlobs } from "../oci/link-blobs.js";
import { layoutFromBlobs } from "../oci/layout-from-blobs.js";
import { layoutFromDirectory } from "../oci/layout-from-directory.js";
import { writeSingleImage } from "../oci/single-image.js";
import type { ImportSource } from "../port/container-host.js";
import type { OciOutput } from "../port/image-output.js";
import type { Isolation } from "../port/isolation.js";
import type { ShellCommand } from "../port/shell-command.js";
import type { OciImageRef } from "../port/refs.js";
import { engineFailure, isImageMissing } from "../processes/engine-failure.js";
import { runTool } from "../processes/run-tool.js";
import { BuildahJobs } from "./buildah-jobs.js";
import { MOUNT_POINTS_SCRIPT, mountPoints } from "./mount-points.js";
import { inUserNamespace, isOrdinaryUser } from "./user-namespace.js";

/** Buildah, which needs no daemon. Each job is a command of its own in the container's files; nothing else runs there. */
export class BuildahDialect implements Dialect {
  readonly name = "buildah";
  readonly jobsFolder = "/run/imagewright/jobs";
  readonly toolsFolder = "/run/imagewright/tools";

  readonly #jobs: BuildahJobs;
  #runRoot: Promise<string> | undefined;

  constructor(
    private readonly engine: Engine,
    readonly isolation: Isolation,
    private readonly options: {
      /** The words with which a person opens a shell in a container, before its name. */
      readonly shell: readonly string[];
      /** Called when a job could not begin, perhaps because the isolation does not work any more. */
      readonly onStartFailure: () => Promise<void>;
    },
  ) {
    this.#jobs = new BuildahJobs(engine, isolation, options.onStartFailure);
  }

  async start(container: Container, image: string, { signal }: Cancellable): Promise<void> {
    const from = ["from", "--pull-never", "--name", container.name, image];
    const call = { operation: `start a container from ${quote(image)}`, image, signal };
    await lastingCall(this.engine, container, from, call).catch(async (thrown: unknown) => {
      // one of that name may be there, though nothing was known of it
      if (!isNameTaken(thrown)) throw thrown;
      await this.remove(container);
      await lastingCall(this.engine, container, from, call);
    });
    await this.#requirePlacesInside(container);
    await this.#mountPoints(container, "make");
  }

  async hasContainer({ name }: Container): Promise<boolean> {
    return (await this.engine.attempt(["inspect", "--type", "container", name])).exitCode === 0;
  }

  /** Nothing runs in the container but its jobs. */
  restart(): Promise<void> {
    return Promise.resolve();
  }

  async remove(container: Container): Promise<void> {
    await this.#jobs.stopAll(container);
    const result = await this.engine.attemptRemoval(["rm", container.name]);
    if (result.exitCode !== 0 && !/container not known|no such container/i.test(result.stderr))
      await this.engine.call(["rm", container.name], { operation: `remove container ${quote(container.name)}` });
  }

  async removeFolder(path: string): Promise<void> {
    if (!isOrdinaryUser() || !existsSync(path)) return rm(path, { recursive: true, force: true });
    await this.engine.call(["unshare", "--", "rm", "-rf", path], { operation: `remove folder ${quote(path)}` });
  }

  shellCommand({ name }: Container): ShellCommand {
    const { environment } = this.engine;
    return { environment, words: [...this.options.shell, name] };
  }

  async startJob(container: Container, job: JobPaths, words: readonly string[]): Promise<void> {
    await this.#requirePlacesInside(container);
    try {
      await this.#jobs.start(container, job, words);
    } catch (thrown) {
      if (await this.hasContainer(container)) throw thrown;
      throw buildHostError("machine-not-found", { machine: container.name, host: this.name });
    }
  }

  isJobAlive(_: Container, job: JobPaths): Promise<boolean> {
    return this.#jobs.isAlive(job);
  }

  whyJobEnded(_: Container, job: JobPaths): Promise<string | undefined> {
    return this.#jobs.whyEnded(job);
  }

  stopJob(_: Container, job: JobPaths): Promise<void> {
    return this.#jobs.stop(job);
  }

  async commit(container: Container, image: string, output: OciOutput, { signal, blobs }: CommitOptions): Promise<OciImageRef | undefined> {
    await this.#jobs.awaitAll(container);
    await this.#mountPoints(container, "remove");
    const settings = configFlags(output);
    if (settings.length > 0)
      await this.engine.call(["config", ...settings, container.name], { operation: "set the image's configuration", signal });
    const commit = (...flags: readonly string[]) =>
      lastingCall(this.engine, container, ["commit", "--quiet", ...flags, container.name, image], {
        ...{ operation: "commit the container", signal },
      });
    // the flag is not in the manual: a version without it makes the image all the same
    const printed = await commit("--blob-cache", blobs).catch((thrown: unknown) => {
      if (!isFlagUnknown(thrown)) throw thrown;
      return commit();
    });
    return (await imageOfBlobs(blobs, `sha256:${printed.trim()}`, image)) ?? (await this.inspectImage(image));
  }

  async inspectImage(reference: string): Promise<OciImageRef | undefined> {
    const result = await this.engine.attempt(["inspect", "--type", "image", reference]);
    if (result.exitCode === 0) return readImageInfo(result.stdout, reference);
    if (isImageMissing(result)) return undefined;
    throw engineFailure({ engine: this.name, operation: `look for image ${quote(reference)}` }, result);
  }

  listTags(repository: string): Promise<readonly string[]> {
    return listTags(this.engine, repository, "{{.Name}}:{{.Tag}}");
  }

  lockFolder(): Promise<string> {
    this.#runRoot ??= findRunRoot(this.engine, "{{.store.RunRoot}}");
    return this.#runRoot;
  }

  async tag(reference: string, name: string): Promise<void> {
    await this.engine.call(["tag", reference, name], { operation: `name the image ${quote(name)}`, image: reference });
  }

  async untag(reference: string): Promise<void> {
    const result = await this.engine.attemptRemoval(["rmi", reference]);
    // `--force` would remove the containers of others that use the image
    if (result.exitCode !== 0 && !/image not known|no such image/i.test(result.stderr))
      throw engineFailure({ engine: this.name, operation: `remove image ${quote(reference)}` }, result);
  }

  async removeUnnamed(id: string): Promise<void> {
    const ids = await this.engine.attempt(["images", "--quiet", "--no-trunc", "--filter", "dangling=true"]);
    if (ids.stdout.split("\n").includes(id)) await this.engine.attemptRemoval(["rmi", id]);
  }

  async pull(reference: string, { signal }: Cancellable): Promise<void> {
    await this.engine.call(["pull", "--quiet", reference], { operation: `pull ${quote(reference)}`, image: reference, signal });
  }

  async importImage(source: ImportSource, name: string, scratch: CallScratch): Promise<void> {
    if ("tar" in source) return this.#importTar(source.tar, name, scratch);
    // buildah also names the image after the folder, whose name must be a valid one
    await writeSingleImage(source.layout, source.tag, scratch.folder);
    const call = { operation: `read ${quote(source.layout)}`, signal: scratch.signal, workingDirectory: dirname(scratch.folder) };
    const id = (await lastingCall(this.engine, scratch.container, ["pull", "--quiet", `oci:${scratch.name}`], call)).trim();
    await this.tag(id, name);
  }

  /**
   * Layers stay uncompressed: 2 s for the example against 10 s, and the layout's manifest is the store's own, so the image has one digest.
   * `push oci:` ignores its compression flags, so the layout is made from `push dir:`. To read a layer from a file takes a third of
   * the time of putting it together from the store; buildah compares its digest. Where all blobs are files, buildah is not needed at all.
   * Without such a file, or with a damaged one, it takes the long way.
   */
  async exportImage(image: OciImageRef, folder: string, scratch: CallFolder, { blobs, similar }: KnownBlobs): Promise<void> {
    const { signal } = scratch;
    if (await layoutFromBlobs(image.digest, folder, { own: blobs, similar, signal })) return;
    const { reference } = image;
    const push = (...flags: readonly string[]) => [
      "push",
      "--quiet",
      "--format",
      "oci",
      "--disable-compression",
      ...flags,
      reference,
      `dir:${folder}`,
    ];
    const isFast =
      similar !== undefined &&
      (await linkBlobs(similar, scratch.folder)) &&
      (await this.engine.attempt(push("--blob-cache", scratch.folder), { signal })).exitCode === 0;
    if (!isFast) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await this.engine.call(push(), { operation: `write ${quote(folder)}`, image: reference, signal });
    }
    await layoutFromDirectory(folder);
  }

  async #importTar(tar: string, name: string, scratch: CallScratch): Promise<void> {
    const { name: container, signal } = scratch;
    const call = { operation: `read ${quote(basename(tar))}`, signal };
    await this.engine.call(["from", "--name", container, "scratch"], call);
    await this.engine.call(["add", "--quiet", container, tar, "/"], call);
    await this.engine.call(
      ["config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--cmd", '["/bin/sh"]', container],
      call,
    );
    await lastingCall(this.engine, scratch.container, ["commit", "--quiet", container, name], call);
  }

  /** A container runtime follows no link out of the container. */
  async #requirePlacesInside(container: Container): Promise<void> {
    if (this.isolation.kind === "oci") return;
    const outside = (await this.#mountPoints(container, "check")).trimEnd();
    if (outside !== "") throw buildHostError("link-leads-out", { path: outside });
  }

  /** Makes the places of mounts, looks for one that a link leads out of the container, or removes those that were made. */
  async #mountPoints(container: Container, action: "make" | "check" | "remove"): Promise<string> {
    const { name, folders } = container;
    const places = action === "remove" ? [] : mountPoints(container);
    const words = ["sh", "-c", MOUNT_POINTS_SCRIPT, "sh", name, join(folders.control, "mount-points"), action, ...places];
    const [file = "", ...parameters] = inUserNamespace(words);
    const engineLine = this.engine.line(["mount", name]);
    const result = await this.engine.withVariables((environment) => runTool({ file, arguments: parameters, environment, engineLine }));
    if (result.exitCode !== 0) throw engineFailure({ engine: this.name, operation: `open container ${quote(name)}` }, result);
    return result.stdout;
  }
}

function isNameTaken(thrown: unknown): boolean {
  return isImagewrightError(thrown) && thrown.message.includes("name is already in use");
}

function isFlagUnknown(thrown: unknown): boolean {
  return isImagewrightError(thrown) && thrown.message.includes("unknown flag");
}

function configFlags({ labels, command, entrypoint, exposedPorts, environment, workingDirectory, user }: OciOutput): string[] {
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
