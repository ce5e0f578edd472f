import { describe, expect, test } from "@jest/globals";
import { newToken } from "./finished-job.js";
import { RESTLESS } from "./restless-job.js";
import type { TestBench } from "./test-bench.js";

export function describeOrphans(bench: TestBench): void {
  describe("orphans", () => {
    test("machines and unkept images of owners that do not live are removed; those of others are not", async () => {
      const { host, given } = bench;
      const [live, dead] = [`live-${newToken()}`, `dead-${newToken()}`];
      const launch = (owner: string) => host.launch(given.spec, bench.request(owner));
      const [spared, orphan] = [await launch(live), await launch(dead)];
      await bench.sh(orphan, "true");
      const image = await host.createImage(orphan, given.output, bench.request(dead));
      await bench.startSh(orphan, RESTLESS);
      const removed = await host.removeOrphans(new Set([live]));
      const startedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
      expect(removed).toEqual([
        { kind: "machine", name: orphan.id, owner: dead, startedAt },
        { kind: "image", name: image.reference, owner: dead, startedAt },
      ]);
      await expect(host.startJob(orphan, { command: ["true"] }, newToken())).rejects.toMatchObject({
        ...{ code: "build-hosts/machine-not-found" },
      });
      await expect(host.launch(given.specFrom(image), bench.request())).rejects.toMatchObject({ code: "build-hosts/image-not-found" });
      expect(await host.removeOrphans(new Set([live]))).toEqual([]);
      await bench.sh(spared, "true");
      expect(await host.removeOrphans(new Set())).toMatchObject([{ kind: "machine", name: spared.id, owner: live }]);
    });

    test("what was terminated, or removed, is nobody's any more", async () => {
      const { host, given } = bench;
      const owner = `gone-${newToken()}`;
      const machine = await host.launch(given.spec, bench.request(owner));
      const image = await host.createImage(machine, given.output, bench.request(owner));
      await host.terminate(machine);
      await given.removeImage(image);
      expect(await host.removeOrphans(new Set())).toEqual([]);
    });

    test("a machine is found by its owner and token until it is terminated", async () => {
      const { host, given } = bench;
      const request = bench.request();
      expect(await host.findMachine(request)).toBeUndefined();
      const machine = await host.launch(given.spec, request);
      expect(await host.findMachine(request)).toEqual(machine);
      expect(await host.findMachine({ ...request, owner: "another" })).toBeUndefined();
      await host.terminate(machine);
      expect(await host.findMachine(request)).toBeUndefined();
    });

    test("a launch that is aborted leaves nothing", async () => {
      const before = await bench.given.listResources();
      const abort = new AbortController();
      const launching = bench.host.launch(bench.given.spec, { ...bench.request(), signal: abort.signal });
      setTimeout(() => abort.abort(new Error("enough")), 30);
      const failure = await launching.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(failure).toMatchObject({ message: "enough" });
      expect(await bench.given.listResources()).toEqual(before);
    });
  });
}
