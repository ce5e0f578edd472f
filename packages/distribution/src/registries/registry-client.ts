import { setTimeout as sleep } from "node:timers/promises";
import { runProgram } from "@imagewright/node-host";
import { distributionError } from "../errors.js";
import { faultIn, isPassing, type RegistryFault } from "./registry-fault.js";
import type { Repository } from "./registry.js";

/** An image in a repository: `@sha256:…` or `:1.0.0`. */
export interface RepositoryImage {
  readonly repository: Repository;
  readonly at: `@${string}` | `:${string}`;
}

export interface RegistryClientOptions {
  /** How often a request is made that fails for a passing reason; 5 by default. */
  readonly attempts?: number | undefined;
  /** How long to wait before the second attempt, twice as long before each further one; 1,000 by default. */
  readonly firstPauseMilliseconds?: number | undefined;
  /** How long one copy may take; 30 minutes by default. */
  readonly copyMilliseconds?: number | undefined;
  /** How long any other request may take; one minute by default. */
  readonly requestMilliseconds?: number | undefined;
  /** The whole environment of skopeo, which finds credentials, proxies and its folders by it. */
  readonly environment: Readonly<Record<string, string>>;
}

type Side = "src" | "dest";

/**
 * Speaks to registries through skopeo, which takes credentials from where `podman login` and `docker login` leave them. Throws
 * `registry-refused` and `skopeo-missing`; what may pass, such as 429, 500 and broken connections, is tried again first.
 */
export class RegistryClient {
  constructor(private readonly options: RegistryClientOptions) {}

  /** Copies the one image of an OCI layout, bytes as they are; what the repository has already is not sent. */
  async copyLayout(layout: string, target: RepositoryImage, signal: AbortSignal): Promise<void> {
    // the name of a folder may have a colon, which "oci:" reads as the end of the folder
    await this.#copy(["oci:.", addressOf(target), ...accessOf(target.repository, "dest")], target.repository, { signal, folder: layout });
  }

  /** Gives an image of a repository another name there. */
  async copyWithin(repository: Repository, from: RepositoryImage["at"], to: RepositoryImage["at"], signal: AbortSignal): Promise<void> {
    const images = [addressOf({ repository, at: from }), addressOf({ repository, at: to })];
    await this.#copy([...images, ...accessOf(repository, "src"), ...accessOf(repository, "dest")], repository, { signal });
  }

  /** The digest of an image; undefined if the repository does not have it. */
  async digestOf(image: RepositoryImage, signal: AbortSignal): Promise<string | undefined> {
    const words = ["inspect", "--no-tags", "--format", "{{.Digest}}", ...accessOf(image.repository), addressOf(image)];
    const answer = await this.#ask(words, { signal });
    if ("fault" in answer && answer.fault === "missing") return undefined;
    return orThrow(answer, image.repository).trim();
  }

  /** Removes a manifest with all names that it has; one that is missing is no error. */
  async remove(image: RepositoryImage, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask(["delete", ...accessOf(image.repository), addressOf(image)], { signal });
    if (!("fault" in answer && answer.fault === "missing")) orThrow(answer, image.repository);
  }

  async #copy(words: readonly string[], repository: Repository, call: Omit<Call, "milliseconds">): Promise<void> {
    const milliseconds = this.options.copyMilliseconds ?? 1_800_000;
    orThrow(await this.#ask(["copy", "--quiet", "--all", "--preserve-digests", ...words], { ...call, milliseconds }), repository);
  }

  async #ask(words: readonly string[], call: Call): Promise<Answer> {
    const { attempts = 5, firstPauseMilliseconds = 1_000 } = this.options;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(words, call);
      call.signal.throwIfAborted();
      if (!("fault" in answer) || !isPassing(answer.fault) || attempt >= attempts) return answer;
      await sleep(firstPauseMilliseconds * 2 ** (attempt - 1), undefined, { signal: call.signal });
    }
  }

  async #once(
    words: readonly string[],
    { signal, folder, milliseconds = this.options.requestMilliseconds ?? 60_000 }: Call,
  ): Promise<Answer> {
    const exit = await runProgram({
      file: "skopeo",
      arguments: words,
      environment: this.options.environment,
      workingDirectory: folder,
      signal,
      timeoutMilliseconds: milliseconds,
    });
    if (exit.kind === "exited" && exit.code === 0) return { output: exit.stdout };
    if (exit.kind === "not-started") throw distributionError("skopeo-missing", { reason: exit.reason });
    if (exit.kind === "timed-out") return { fault: "silent", said: `no answer within ${milliseconds / 1000} s` };
    const said = messageIn(exit.stderr);
    return { fault: faultIn(said), said };
  }
}

interface Call {
  readonly signal: AbortSignal;
  /** The folder in which skopeo runs. */
  readonly folder?: string | undefined;
  readonly milliseconds?: number | undefined;
}

type Answer = { readonly output: string } | { readonly fault: RegistryFault; readonly said: string };

function orThrow(answer: Answer, { name: repository }: Repository): string {
  if ("fault" in answer) throw distributionError("registry-refused", { repository, ...answer });
  return answer.output;
}

function addressOf({ repository, at }: RepositoryImage): string {
  return `docker://${repository.name}${at}`;
}

/** A copy has such flags for its source and its target. */
function accessOf({ isPlain, certificates }: Repository, side?: Side): string[] {
  const prefix = side === undefined ? "--" : `--${side}-`;
  return [
    ...(isPlain === true ? [`${prefix}tls-verify=false`] : []),
    ...(certificates === undefined ? [] : [`${prefix}cert-dir=${certificates}`]),
  ];
}

/** skopeo says `time="…" level=fatal msg="…"` in its last line. */
function messageIn(stderr: string): string {
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  const [, message] = /msg=("(?:[^"\\]|\\.)*")/.exec(last) ?? [];
  return message === undefined ? last : (JSON.parse(message) as string);
}
