import assert from "node:assert/strict";
import { newToken } from "../finished-job.js";
import type { PrepareCall } from "./killed-call.js";

/** The calls about images, for the test of killed callers. */
export const CALLS_OF_IMAGES: Readonly<Record<string, PrepareCall>> = {
  createImage: async (bench) => {
    const machine = await bench.launch();
    await bench.sh(machine, "echo made > /made");
    const parameters = [machine, bench.given.output, bench.request()] as const;
    const goOn = async () => {
      const image = await bench.host.createImage(...parameters);
      assert.deepEqual(await bench.host.createImage(...parameters), image);
      await bench.host.terminate(machine);
      const made = await bench.host.launch(bench.given.specFrom(image), bench.request());
      assert.equal(await bench.sh(made, "cat /made"), "made\n");
      await bench.host.terminate(made);
      await bench.given.removeImage(image);
    };
    return { method: "createImage", parameters, goOn };
  },
};

/** The calls about names of OCI images. */
export const CALLS_OF_OCI_IMAGES: Readonly<Record<string, PrepareCall>> = {
  keepImage: async (bench) => {
    const host = bench.given.containerHost;
    assert.ok(host !== undefined);
    const machine = await bench.launch();
    const image = await host.createImage(machine, { kind: "oci" }, bench.request());
    await host.terminate(machine);
    const name = `localhost/imagewright-contract/killed-${newToken().slice(0, 8)}:1`;
    const goOn = async () => {
      const kept = await host.keepImage(image, name);
      assert.deepEqual(kept, { ...image, reference: name });
      assert.equal(await host.resolveImage(image.reference), undefined);
      await host.removeImage(name);
    };
    return { method: "keepImage", parameters: [image, name], goOn };
  },

  importImage: async (bench) => {
    const host = bench.given.containerHost;
    assert.ok(host !== undefined);
    const name = `localhost/imagewright-contract/killed-${newToken().slice(0, 8)}:1`;
    const parameters = [{ source: { tar: await bench.archive() }, name }] as const;
    const goOn = async () => {
      await host.removeOrphans(new Set());
      await host.importImage(...parameters);
      await host.removeImage(name);
    };
    return { method: "importImage", parameters, goOn };
  },
};
