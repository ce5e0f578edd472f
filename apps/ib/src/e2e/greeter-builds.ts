// Builds of a small recipe, for the tests of `ib build` with each engine.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "@jest/globals";
import { chooseBuildHost, inspectEngines, type EngineName } from "@imagewright/build-hosts";
import { containersOf, imagesIn, leftInData } from "./engine-state.js";
import { ib, type IbOptions, type IbRun } from "./ib.js";
import { importSmallImage } from "./small-image.js";

/** A component of three phases, which writes a greeting. */
export const COMPONENT = `name: greeter
schemaVersion: 1.0
parameters:
  - Who:
      type: string
phases:
  - name: build
    steps:
      - name: Write
        action: CreateFile
        inputs:
          - path: /srv/greeting
            content: hello {{ Who }}
            permissions: 0640
      - name: Litter
        action: ExecuteBash
        inputs:
          commands:
            - echo key > /etc/ssh_host && echo junk > /var/tmp/junk
            - echo "home is \${HOME-not set}, working directory is $WORKING_DIRECTORY, here is $PWD"
  - name: validate
    steps:
      - name: IsWritten
        action: Assert
        inputs:
          fileExists: /srv/greeting
  - name: test
    steps:
      - name: IsInImage
        action: ReadFile
        inputs:
          - path: /srv/greeting
      - name: IsRight
        action: Assert
        inputs:
          stringEquals: hello {{ Who }}
          value: "{{ test.IsInImage.outputs.content }}"
      - name: IsClean
        action: ExecuteBash
        inputs:
          commands:
            - test ! -e /var/tmp/junk
`;

/** The component in a recipe's list of components. */
export const GREETER = "  - document: greeter.yaml\n    parameters:\n      - name: Who\n        value: you\n";

/** A component with one command in one phase. */
export const step = (phase: string, commands: string) => `schemaVersion: 1.0
phases:
  - name: ${phase}
    steps:
      - name: Only
        action: ExecuteBash
        inputs:
          commands:
            - ${commands}
`;

/** A folder for each test, in which the recipe `greeter-<process id>` is built. */
export interface GreeterBuilds {
  readonly folder: string;
  readonly parent: string;
  /** Writes the recipe with these components. */
  readonly recipe: (components: string, workingDirectory?: string) => Promise<void>;
  /** Runs `ib build` for it. */
  readonly build: (options?: Partial<IbOptions>, ...flags: string[]) => Promise<IbRun>;
  /** The tags of its images in the engine. */
  readonly ownTags: () => Promise<string[]>;
  /** The numbers of its images in the store. */
  readonly images: () => Promise<string[]>;
  /** What builds should have removed. */
  readonly leftovers: () => Promise<string[]>;
}

/** A suite for an engine, which is skipped with the reason if the engine cannot be used here. */
export async function describeGreeterBuilds(engine: EngineName, describeTests: (scene: GreeterBuilds) => void): Promise<void> {
  const report = (await inspectEngines()).find((known) => known.engine === engine);
  describe(`ib build with ${engine}`, () => {
    if (report?.usable === true) describeTests(setUp(engine));
    else test.skip(`skipped: ${engine} ${report?.finding}`, () => undefined);
  });
}

function setUp(engine: EngineName): GreeterBuilds {
  const name = `greeter-${process.pid}`;
  const parent = `localhost/imagewright-test/small:${engine}-${process.pid}`;
  let folder = "";
  let image: { readonly remove: () => Promise<void> };
  const ownTags = async () => imagesIn(engine, name);

  beforeAll(async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), "imagewright-state-"));
    const { host } = await chooseBuildHost({ preferred: engine, stateFolder });
    await importSmallImage(host, parent);
    image = { remove: () => host.removeImage(parent) };
  });
  afterAll(() => image.remove());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-build-"));
    await writeFile(join(folder, "greeter.yaml"), COMPONENT);
  });
  afterEach(async () => {
    for (const tag of await ownTags()) spawnSync(engine, ["rmi", "--force", tag]);
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get folder() {
      return folder;
    },
    parent,
    recipe: (components, workingDirectory = "/work") =>
      writeFile(
        join(folder, "recipe.yaml"),
        `name: ${name}\nsemanticVersion: 1.0.0\nparentImage: ${parent}\nworkingDirectory: ${workingDirectory}\ncontainer:\n  command: [cat, /srv/greeting]\ncomponents:\n${components}`,
      ),
    build: (options = {}, ...flags) => ib(["build", "recipe.yaml", "--engine", engine, ...flags], { folder, ...options }),
    ownTags,
    images: async () => (await readdir(join(folder, "home", "images", name, "1.0.0")).catch(() => [])).sort(),
    leftovers: async () => [...containersOf(engine, parent), ...(await leftInData(join(folder, "home")))],
  };
}
