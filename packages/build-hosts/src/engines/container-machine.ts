import type { LaunchOptions } from "../build-host.js";
import type { ImageInfo } from "../image-info.js";
import { inContainer } from "../command-line.js";
import { committedName } from "../engine-names.js";
import { buildHostError } from "../errors.js";
import type { ResourceRecords } from "../records/resource-records.js";
import type { CommitOptions, Machine, MachineCommand } from "../machine.js";
import { runTool } from "../processes/run-tool.js";
import type { Dialect } from "./dialect.js";
import { NoiseFilter } from "./noise-filter.js";

/** A running container. */
export class ContainerMachine implements Machine {
  #terminated = false;
  #removed = false;

  constructor(
    readonly name: string,
    private readonly dialect: Dialect,
    private readonly records: ResourceRecords,
    private readonly options: LaunchOptions,
  ) {}

  async run(command: MachineCommand): Promise<{ readonly exitCode: number }> {
    this.#requireAlive();
    const [file, ...parameters] = await this.dialect.runArguments(this.name, inContainer(command, this.options));
    for (let triesLeft = 3; ; triesLeft--) {
      const filter = new NoiseFilter((line) => this.dialect.isNoise?.(line) ?? false, command.onOutput ?? (() => undefined));
      const running = runTool({
        file: file as string,
        arguments: parameters,
        signal: command.signal,
        onOutput: (stream, chunk) => filter.take(stream, chunk),
      });
      const { exitCode, stdout, stderr } = await running.catch(async (thrown: unknown) => {
        await this.dialect.stopProcesses?.(this.name);
        throw thrown;
      });
      if (exitCode !== 0 && stdout === "" && triesLeft > 0 && this.dialect.isTransient?.(stderr) === true) continue;
      filter.end();
      return { exitCode };
    }
  }

  async copyIn(localPath: string, remotePath: string): Promise<void> {
    this.#requireAlive();
    await this.dialect.copyIn(this.name, localPath, remotePath);
  }

  async copyOut(remotePath: string, localPath: string): Promise<void> {
    this.#requireAlive();
    await this.dialect.copyOut(this.name, remotePath, localPath);
  }

  async commit(options: CommitOptions = {}): Promise<ImageInfo> {
    this.#requireAlive();
    const name = committedName();
    await this.records.add("image", this.dialect.name, name);
    try {
      await this.dialect.commit(this.name, name, options);
      const image = await this.dialect.inspectImage(name);
      if (image === undefined) throw buildHostError("image-not-found", { image: name, engine: this.dialect.name });
      return image;
    } catch (thrown) {
      // if this fails too, as on a full disk, the name is still recorded; report the first failure
      await this.dialect.untag(name).then(
        () => this.records.remove("image", name),
        () => undefined,
      );
      throw thrown;
    }
  }

  async terminate(): Promise<void> {
    this.#terminated = true;
    if (this.#removed) return;
    await this.dialect.remove(this.name);
    this.#removed = true;
    await this.records.remove("machine", this.name);
  }

  #requireAlive(): void {
    if (this.#terminated) throw buildHostError("machine-terminated", { machine: this.name });
  }
}
