import { describe, expect, test } from "@jest/globals";
import { START } from "../port/job.js";
import type { ImageOutput } from "../port/image-output.js";
import type { LaunchSpec } from "../port/launch-spec.js";
import { newToken } from "./finished-job.js";
import type { TestBench } from "./test-bench.js";

const SPECS: readonly LaunchSpec[] = [
  { kind: "container", image: "any" },
  { kind: "computer", image: "any" },
];
const OUTPUTS: readonly ImageOutput[] = [{ kind: "oci" }, { kind: "disk", format: "raw" }, { kind: "ami", name: "any" }];

export function describeFailures(bench: TestBench): void {
  describe("failures", () => {
    test("a terminated machine is named in the error", async () => {
      const { host } = bench;
      const machine = await bench.withMachine((launched) => Promise.resolve(launched));
      const error = {
        code: "build-hosts/machine-not-found",
        message: `${host.name} has no machine "${machine.id}": it was terminated, or never launched`,
        data: { machine: machine.id, host: host.name },
      };
      await expect(host.startJob(machine, { command: ["true"] }, newToken())).rejects.toMatchObject(error);
      await expect(host.createImage(machine, bench.given.output, bench.request())).rejects.toMatchObject(error);
      await expect(host.restart(machine)).rejects.toMatchObject(error);
    });

    test("a job that was never started is named in the error; cancelling it does nothing", () =>
      bench.withMachine(async (machine) => {
        const job = { machine, id: "job-0123" };
        const error = {
          code: "build-hosts/job-not-found",
          message: `machine "${machine.id}" has no job "job-0123"`,
          data: { job: "job-0123", machine: machine.id },
        };
        const request = { folder: bench.folder, from: ".", accepts: () => true, limits: { fileBytes: 1, totalBytes: 1, files: 1 } };
        await expect(bench.host.readJob(job, START)).rejects.toMatchObject(error);
        await expect(bench.host.collect(job, request)).rejects.toMatchObject(error);
        await bench.host.cancelJob(job);
      }));

    test("a missing image is reported by name at once", async () => {
      const spec = { ...bench.given.spec, image: "localhost/nowhere:1" };
      await expect(bench.host.launch(spec, bench.request())).rejects.toMatchObject({
        ...{ code: "build-hosts/image-not-found", data: { image: "localhost/nowhere:1", engine: bench.host.name } },
      });
    });

    test("what the host cannot launch or create is refused, with what it can", async () => {
      const { host } = bench;
      const { machines, images } = host.capabilities;
      for (const spec of SPECS.filter(({ kind }) => !machines.includes(kind)))
        await expect(host.launch(spec, bench.request())).rejects.toMatchObject({
          code: "build-hosts/not-supported",
          message: `${host.name} cannot launch a ${spec.kind}; it can: ${machines.join(", ")}`,
        });
      await bench.withMachine(async (machine) => {
        for (const output of OUTPUTS.filter(({ kind }) => !images.includes(kind)))
          await expect(host.createImage(machine, output, bench.request())).rejects.toMatchObject({
            code: "build-hosts/not-supported",
            message: `${host.name} cannot create an image of kind ${output.kind}; it can: ${images.join(", ")}`,
          });
      });
    });

    test("an image is not made while a job runs", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, "while :; do sleep 0.1; done");
        await expect(bench.host.createImage(machine, bench.given.output, bench.request())).rejects.toMatchObject({
          code: "build-hosts/job-running",
          message: `machine "${machine.id}" still runs the job "${job.id}"`,
        });
      }));
  });
}
