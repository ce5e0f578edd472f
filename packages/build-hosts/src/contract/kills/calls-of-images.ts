import assert from "node:assert/strict";
import { newToken } from "../finished-job.js";
import type { PrepareCall } from "./killed-call.js";

/** The calls about images, for the test of killed callers. */
export const CALLS_OF_IMAGES: Readonly<Record<string, PrepareCall>> = {
  createImage: async (stage) => {
    const machine = await stage.launch();
    await stage.sh(machine, "echo made > /made");
    const parameters = [machine, stage.given.output, stage.request()] as const;
    const goOn = async () => {
      const image = await stage.host.createImage(...parameters);
      assert.deepEqual(await stage.host.createImage(...parameters), image);
      await stage.host.terminate(machine);
      const made = await stage.host.launch(stage.given.specFrom(image), stage.request());
      assert.equal(await stage.sh(made, "cat /made"), "made\n");
      await stage.host.terminate(made);
      await stage.given.removeImage(image);
    };
    return { method: "createImage", parameters, goOn };
  },
};

/** The calls about names of OCI images. */
export const CALLS_OF_OCI_IMAGES: Readonly<Record<string, PrepareCall>> = {
  keepImage: async (stage) => {
    const host = stage.given.containerHost;
    assert.ok(host !== undefined);
    const machine = await stage.launch();
    const image = await host.createImage(machine, { kind: "oci" }, stage.request());
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

  importImage: async (stage) => {
    const host = stage.given.containerHost;
    assert.ok(host !== undefined);
    const name = `localhost/imagewright-contract/killed-${newToken().slice(0, 8)}:1`;
    const parameters = [{ source: { tar: await stage.archive() }, name }] as const;
    const goOn = async () => {
      await host.removeOrphans(new Set());
      await host.importImage(...parameters);
      await host.removeImage(name);
    };
    return { method: "importImage", parameters, goOn };
  },
};
