import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { openConfiguration } from "./open-configuration.js";

const user = (home: string) => ({ home, isRoot: false });

test("the user's file is read, and one that IMAGEWRIGHT_CONFIG names instead of it", () =>
  withTemporaryFolder(async (home) => {
    const place = join(home, ".config", "imagewright", "config.yaml");
    await mkdir(join(home, ".config", "imagewright"), { recursive: true });
    await writeFile(place, "dataFolder: images\naws: {region: eu-west-1}\n");
    const own = await openConfiguration({ environment: {}, user: user(home) });
    expect(own).toMatchObject({
      file: place,
      diagnostics: [],
      configuration: { dataFolder: { value: join(home, ".config", "imagewright", "images") }, region: { value: "eu-west-1" } },
    });
    const other = join(home, "other.yaml");
    await writeFile(other, "aws: {region: eu-west-2}\n");
    const named = await openConfiguration({ environment: { IMAGEWRIGHT_CONFIG: other }, user: user(home) });
    expect(named).toMatchObject({ file: other, configuration: { region: { value: "eu-west-2", origin: { kind: "file", path: other } } } });
  }));

test("a file that is named and not there, or that cannot be read, is an error", () =>
  withTemporaryFolder(async (home) => {
    await expect(openConfiguration({ environment: { IMAGEWRIGHT_CONFIG: "/nowhere.yaml" }, user: user(home) })).rejects.toMatchObject({
      code: "configuration/file-not-found",
      message: 'there is no configuration file at "/nowhere.yaml", which IMAGEWRIGHT_CONFIG names',
    });
    await expect(openConfiguration({ environment: { IMAGEWRIGHT_CONFIG: home }, user: user(home) })).rejects.toMatchObject({
      code: "configuration/file-not-readable",
      message: `the configuration file "${home}" cannot be read: it is a folder`,
    });
  }));
