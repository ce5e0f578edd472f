import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isImagewrightError, safe, safeJson } from "@imagewright/diagnostics";
import type { BuildOutcome, ImageManifest } from "@imagewright/image-build";
import { withScratchFolder } from "@imagewright/node-host";
import type { Say } from "../cli/terminal.js";
import { renderError } from "../render/error.js";
import { findCaller, type Caller } from "./caller.js";
import { handOver, obstacleTo, type HandOver, type ResultFile } from "./hand-over.js";

/**
 * The user who called sudo, and gets copies of the results: a folder for each build or run, below the data folder of that user or where
 * that user wants it. If they cannot be handed over, root keeps the results, says so, and the exit code is 1. See docs/configuration.md.
 */
export class Recipient {
  readonly #folder: string;

  private constructor(
    private readonly caller: Caller,
    private readonly say: Say,
  ) {
    this.#folder = folderOf(caller);
  }

  /** The recipient, or undefined without sudo. If it is known at once that the caller cannot get anything, that is said. */
  static async find(environment: NodeJS.ProcessEnv, say: Say): Promise<Recipient | undefined> {
    const caller = await findCaller(environment);
    if (caller === undefined) return undefined;
    const problem = "problem" in caller ? caller.problem : await obstacleTo(caller, folderOf(caller));
    if (problem === undefined && !("problem" in caller)) return new Recipient(caller, say);
    say(safe`notice: root keeps the results, since they cannot be handed over: ${problem ?? "unknown"}\n`);
    return undefined;
  }

  /**
   * Hands over a build: its logs and, if it has succeeded, the image with a manifest in which the paths are those of the copies.
   * Returns the outcome with the new paths.
   */
  async takeBuild(outcome: BuildOutcome, build: string): Promise<BuildOutcome> {
    if (outcome.status === "failed") return { ...outcome, logFolder: await this.takeLogs(build, outcome.logFolder) };
    const { logFolder } = outcome.manifest;
    const logs = existsSync(logFolder) ? [resultAt(logFolder)] : [];
    const place = { folder: this.#folder, name: build };
    const newLogs = join(this.#folder, build, basename(logFolder));
    const manifest: ImageManifest = { ...outcome.manifest, ociLayout: join(this.#folder, build, "oci"), logFolder: newLogs };
    return withScratchFolder({ purpose: "manifest" }, async (folder) => {
      await writeFile(join(folder, "image.json"), `${safeJson(manifest, 2).toString()}\n`);
      const results = [...logs, resultAt(outcome.manifest.ociLayout), { folder, name: "image.json" }];
      return (await this.#take({ results, place })) ? { status: "succeeded", manifest } : outcome;
    });
  }

  /** Hands over the logs of a build without an image, if it has any. Returns the folder where they are then. */
  async takeLogs(build: string, logFolder: string): Promise<string> {
    const place = { folder: this.#folder, name: build };
    const isTaken = existsSync(logFolder) && (await this.#take({ results: [resultAt(logFolder)], place }));
    return isTaken ? join(this.#folder, build, basename(logFolder)) : logFolder;
  }

  /** Hands over the log folder of a run, into the given folder. Returns the folder where the logs are then. */
  async takeRun(logFolder: string, folder = this.#folder): Promise<string> {
    const logs = resultAt(logFolder);
    const place = { folder: resolve(folder), name: logs.name };
    const isTaken = await this.#take({ results: [logs], place, content: logs.name });
    return isTaken ? join(place.folder, place.name) : logFolder;
  }

  async #take(request: HandOver): Promise<boolean> {
    try {
      await handOver(this.caller, request);
      this.say(safe`handed over to ${this.caller.name}: ${join(request.place.folder, request.place.name)}\n`);
      return true;
    } catch (thrown) {
      if (!isImagewrightError(thrown)) throw thrown;
      process.exitCode = 1;
      this.say(renderError(thrown));
      return false;
    }
  }
}

function folderOf({ home }: Caller): string {
  return join(home, ".local", "share", "imagewright", "sudo");
}

function resultAt(path: string): ResultFile {
  return { folder: dirname(path), name: basename(path) };
}
