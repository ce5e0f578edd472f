import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ContainerHost } from "../port/container-host.js";
import type { OciOutput } from "../port/image-output.js";
import type { ImageRef } from "../port/refs.js";
import { newToken } from "./finished-job.js";
import { readOciLayout, type OciContents } from "./oci-layout.js";
import type { TestBench } from "./test-bench.js";

/** Changes the last byte of each blob. */
async function damageBlobs(layout: string): Promise<void> {
  const blobs = join(layout, "blobs", "sha256");
  for (const name of await readdir(blobs)) {
    const bytes = await readFile(join(blobs, name));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(blobs, name), bytes);
  }
}

const PARENT: OciOutput = {
  ...{ kind: "oci", user: "65534", entrypoint: ["/bin/sh", "-c"], command: ["echo parent"], workingDirectory: "/srv" },
  ...{
    labels: { kept: "from the parent", both: "parent" },
    environment: { KEPT: "from the parent", BOTH: "parent" },
    exposedPorts: ["53/udp"],
  },
};

/** The chapter for hosts whose images are OCI images. */
export function describeOciImages(bench: TestBench): void {
  const host = (): ContainerHost => {
    if (bench.given.containerHost === undefined) throw new Error("the chapter needs a container host");
    return bench.given.containerHost;
  };
  let layouts = 0;
  const contentsOf = async ({ reference }: ImageRef): Promise<OciContents> => {
    const folder = join(bench.folder, `layout-${++layouts}`);
    const { digest } = await host().exportImage(reference, folder);
    return readOciLayout(folder, digest);
  };
  /** Makes a parent image with settings of every kind, then an image of a machine launched from it. */
  const withChild = async (output: OciOutput, body: (child: ImageRef, uid: string) => Promise<void>): Promise<void> => {
    const parent = await bench.withMachine((machine) => host().createImage(machine, PARENT, bench.request()));
    try {
      await bench.withMachineOf(bench.given.specFrom(parent), async (machine) => {
        const { stdout } = await bench.sh(machine, "id -u; id -g; echo $KEPT; touch /made", { workingDirectory: "/" });
        const child = await host().createImage(machine, output, bench.request());
        try {
          await body(child, stdout);
        } finally {
          await host().removeImage(child.reference);
        }
      });
    } finally {
      await host().removeImage(parent.reference);
    }
  };

  describe("OCI images", () => {
    test("jobs run as root whatever user the image names; the new image keeps the parent's settings where nothing is said", () =>
      withChild({ kind: "oci", labels: { both: "child" }, environment: { BOTH: "child" } }, async (child, uid) => {
        expect(uid).toBe("0\n0\nfrom the parent\n");
        const { config, layers } = await contentsOf(child);
        expect(config).toMatchObject({
          ...{ User: "65534", Entrypoint: ["/bin/sh", "-c"], Cmd: ["echo parent"], WorkingDir: "/srv", ExposedPorts: { "53/udp": {} } },
          Labels: { kept: "from the parent", both: "child" },
        });
        expect(config.Env).toEqual(expect.arrayContaining(["KEPT=from the parent", "BOTH=child", expect.stringMatching(/^PATH=/)]));
        expect(config.Env).toHaveLength(3);
        expect(layers.at(-1)).toContain("made");
      }));

    test("the new image has the settings that are given", () => {
      const output: OciOutput = {
        ...{ kind: "oci", user: "7:8", entrypoint: ["/bin/echo", "a  b", 'c"d'], command: ["e'f", "$g"], workingDirectory: "/opt/x y" },
        ...{ labels: { "a.b": `c  d "e" 'f' $g \\h` }, environment: { TEXT: `x  y 'z' "q" \\` }, exposedPorts: ["8080"] },
      };
      return withChild(output, async (child) => {
        const { config } = await contentsOf(child);
        expect(config).toMatchObject({
          ...{ User: "7:8", Entrypoint: output.entrypoint, Cmd: output.command, WorkingDir: "/opt/x y", Labels: output.labels },
          ExposedPorts: { "53/udp": {}, "8080/tcp": {} },
        });
        expect(config.Env).toContain(`TEXT=${output.environment?.["TEXT"]}`);
      });
    });

    test("a new entry point keeps the parent's command", () =>
      withChild({ kind: "oci", entrypoint: ["/bin/true"] }, async (child) => {
        const { config } = await contentsOf(child);
        expect([config.Entrypoint, config.Cmd]).toEqual([["/bin/true"], ["echo parent"]]);
      }));

    test("no layer has anything of the folders of jobs and tools", () =>
      bench.withMachine(
        async (machine) => {
          await bench.sh(machine, "touch /made", { files: { file: { text: "" } } });
          const image = await host().createImage(machine, { kind: "oci" }, bench.request());
          try {
            const { layers } = await contentsOf(image);
            const places = [machine.jobsFolder, machine.toolsFolder].map((path) => path.split("/").slice(1, 3).join("/"));
            for (const names of layers) expect(names.filter((name) => places.some((place) => name.startsWith(place)))).toEqual([]);
            expect(layers.at(-1)).toContain("made");
          } finally {
            await host().removeImage(image.reference);
          }
        },
        { tools: { tool: process.execPath }, standIns: { lacking: "#!/bin/sh\n" }, environment: { SECRET: "of the launch" } },
      ));

    test("a layout of an image has its digest and the environment of no launch; it is written into an empty folder only", () =>
      bench.withMachine(
        async (machine) => {
          const image = await host().createImage(machine, { kind: "oci" }, bench.request());
          const folder = join(bench.folder, "exported");
          try {
            expect(image).toMatchObject({
              kind: "oci",
              id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
              platform: expect.stringMatching(/^linux\//),
            });
            const { digest } = await host().exportImage(image.reference, folder);
            expect(JSON.stringify((await readOciLayout(folder, digest)).config)).not.toContain("SECRET");
            await expect(host().exportImage(image.reference, folder)).rejects.toMatchObject({
              ...{ code: "build-hosts/folder-not-empty", message: `folder "${folder}" is not empty` },
            });
            // a layout of a similar image may be used, and changes nothing, also if it is damaged
            for (const damage of [0, 1]) {
              const again = join(bench.folder, `exported-${damage}`);
              if (damage === 1) await damageBlobs(folder);
              expect(await host().exportImage(image.reference, again, { similar: folder })).toEqual({ digest });
              await readOciLayout(again, digest);
            }
            const name = `localhost/imagewright-contract/imported:${newToken()}`;
            const imported = await host().importImage({ source: { layout: join(bench.folder, "exported-1") }, name });
            expect(imported.reference).toBe(name);
            await host().removeImage(name);
            expect(await host().resolveImage(name)).toBeUndefined();
          } finally {
            await host().removeImage(image.reference);
          }
          expect(await host().resolveImage(image.reference)).toBeUndefined();
        },
        { environment: { SECRET: "of the launch" } },
      ));
  });
}
