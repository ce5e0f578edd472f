import { describe, expect, test } from "@jest/globals";
import type { ContainerHost } from "../port/container-host.js";
import type { OciImageRef } from "../port/refs.js";
import { newToken } from "./finished-job.js";
import { OtherProcess } from "./other-process.js";
import type { TestBench } from "./test-bench.js";

/** The chapter about permanent names of OCI images. */
export function describeImageNames(bench: TestBench): void {
  const host = (): ContainerHost => {
    if (bench.given.containerHost === undefined) throw new Error("the chapter needs a container host");
    return bench.given.containerHost;
  };
  const newName = () => `localhost/imagewright-contract/${newToken().slice(0, 8)}:1.0.0-1`;
  /** Makes two images that differ. */
  const withTwo = (body: (one: OciImageRef, two: OciImageRef) => Promise<void>) =>
    bench.withMachine(async (machine) => {
      const make = async (text: string) => {
        await bench.sh(machine, `echo ${text} > /which`);
        return host().createImage(machine, { kind: "oci" }, bench.request());
      };
      const [one, two] = [await make("one"), await make("two")];
      try {
        expect(one.id).not.toBe(two.id);
        await body(one, two);
      } finally {
        for (const { reference } of [one, two]) await host().removeImage(reference);
      }
    });

  describe("permanent names of images", () => {
    test("a kept image has only its permanent name, and may be kept again", () =>
      withTwo(async (one) => {
        const name = newName();
        const kept = await host().keepImage(one, name);
        expect(kept).toEqual({ ...one, reference: name });
        expect(await host().resolveImage(one.reference)).toBeUndefined();
        expect(await host().keepImage(one, name)).toEqual(kept);
        expect(await host().resolveImage(name)).toEqual(kept);
        expect(await host().listTags(name.slice(0, name.lastIndexOf(":")))).toEqual(["1.0.0-1"]);
        await host().removeOrphans(new Set());
        expect(await host().resolveImage(name)).toEqual(kept);
        await host().removeImage(name);
        expect(await host().resolveImage(name)).toBeUndefined();
        expect(await host().listTags(name.slice(0, name.lastIndexOf(":")))).toEqual([]);
      }));

    test("a name that leads to another image does not move, and the error has both", () =>
      withTwo(async (one, two) => {
        const name = newName();
        const kept = await host().keepImage(one, name);
        try {
          await expect(host().keepImage(two, name)).rejects.toMatchObject({
            code: "build-hosts/name-taken",
            message: `"${name}" already names another image in the store of ${host().name}: ${one.id}, not ${two.id}`,
            data: { name, engine: host().name, holder: one.id, image: two.id },
          });
          expect(await host().resolveImage(name)).toEqual(kept);
          expect(await host().resolveImage(two.reference)).toEqual(two);
        } finally {
          await host().removeImage(name);
        }
      }));

    test("of processes that keep different images by one name at one moment, exactly one does", () =>
      withTwo(async (one, two) => {
        const processes = await Promise.all([1, 2].map(() => OtherProcess.start(bench.given.hostModule, bench.folder)));
        try {
          const name = newName();
          const results = await Promise.all(processes.map((other, index) => other.call("keepImage", [index === 0 ? one : two, name])));
          const won = results.filter((result) => "value" in result);
          expect(won).toEqual([{ value: await host().resolveImage(name) }]);
          expect(results.filter((result) => "code" in result)).toMatchObject([{ code: "build-hosts/name-taken" }]);
          await host().removeImage(name);
        } finally {
          for (const other of processes) await other.kill();
        }
      }));
  });
}
