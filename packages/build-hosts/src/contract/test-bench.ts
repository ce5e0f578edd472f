import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import type { JobSpec } from "../port/job.js";
import type { LaunchSpec } from "../port/launch-spec.js";
import type { ImageRef, JobRef, MachineRef } from "../port/refs.js";
import type { BuildHostUnderTest, MakeBuildHost } from "./build-host-under-test.js";
import { newToken, readWhole, startScript, type FinishedJob } from "./finished-job.js";

const OWNER = "contract";

/** The host that a suite tests, with shortcuts for what most tests do. */
export class TestBench {
  #given: BuildHostUnderTest | undefined;
  #folder = "";

  /** Makes the host before the tests of the enclosing suite, and removes it after them. */
  constructor(make: MakeBuildHost) {
    beforeAll(async () => {
      this.#folder = await mkdtemp(join(tmpdir(), "imagewright-contract-"));
      this.#given = await make();
    });
    afterAll(async () => {
      await this.#given?.cleanUp();
      await rm(this.#folder, { recursive: true, force: true });
    });
  }

  get given(): BuildHostUnderTest {
    if (this.#given === undefined) throw new Error("the host is made before the first test");
    return this.#given;
  }

  get host(): BuildHostUnderTest["host"] {
    return this.given.host;
  }

  /** A folder of this computer for the tests' files. */
  get folder(): string {
    return this.#folder;
  }

  request(owner = OWNER): { readonly owner: string; readonly token: string } {
    return { owner, token: newToken() };
  }

  /** Launches a machine for the body, and terminates it in any case. */
  async withMachine<Result>(body: (machine: MachineRef) => Promise<Result>, settings: Partial<LaunchSpec> = {}): Promise<Result> {
    return this.withMachineOf({ ...this.given.spec, ...settings }, body);
  }

  async withMachineOf<Result>(spec: LaunchSpec, body: (machine: MachineRef) => Promise<Result>): Promise<Result> {
    const machine = await this.host.launch(spec, this.request());
    try {
      return await body(machine);
    } finally {
      await this.host.terminate(machine);
    }
  }

  /** Makes an image of a machine in which the script has run, launches a machine from it for the body, and removes both. */
  async withImage<Result>(script: string, body: (machine: MachineRef, image: ImageRef) => Promise<Result>): Promise<Result> {
    const image = await this.withMachine(async (machine) => {
      await this.sh(machine, script);
      return this.host.createImage(machine, this.given.output, this.request());
    });
    try {
      return await this.withMachineOf(this.given.specFrom(image), (machine) => body(machine, image));
    } finally {
      await this.given.removeImage(image);
    }
  }

  /** Starts a job with a token of its own. */
  start(machine: MachineRef, job: JobSpec): Promise<JobRef> {
    return this.host.startJob(machine, job, newToken());
  }

  /** Runs a job to its end. */
  async run(machine: MachineRef, job: JobSpec): Promise<FinishedJob> {
    return readWhole(this.host, await this.start(machine, job));
  }

  /** Runs a shell script to its end; the script's first parameter is the job's folder. Throws unless it succeeds. */
  async sh(machine: MachineRef, script: string, job: Partial<JobSpec> = {}): Promise<FinishedJob & { readonly job: JobRef }> {
    const started = await this.startSh(machine, script, job);
    const finished = await readWhole(this.host, started);
    if (finished.state.kind !== "exited" || finished.state.exitCode !== 0)
      throw new Error(`the script ended with ${JSON.stringify(finished)}`);
    return { ...finished, job: started };
  }

  /** Starts a shell script; its first parameter is the job's folder. */
  startSh(machine: MachineRef, script: string, job: Partial<JobSpec> = {}): Promise<JobRef> {
    return startScript(this.host, machine, script, newToken(), job);
  }
}
