import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Region
        action: ExecuteBash
        inputs:
          commands: [echo "$AWS_REGION" > region]
`;

test("steps find the region of Imagewright's configuration file; a fault in it ends the run before it begins", () =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, "config.yaml");
    await mkdir(join(folder, "logs"));
    await writeFile(join(folder, "hello.yaml"), DOCUMENT);
    const run = () =>
      ibAgent(["run", "-d", "hello.yaml", "--state-directory", "state", "--log-directory", "logs"], {
        folder,
        environment: { IMAGEWRIGHT_CONFIG: file },
      });
    await writeFile(file, "aws: {region: eu-south-2}\n");
    expect((await run()).code).toBe(0);
    expect(await readFile(join(folder, "region"), "utf8")).toBe("eu-south-2\n");
    await writeFile(file, "aws: {region: Spain}\n");
    const { code, stderr } = await run();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${file}:1:15: "aws.region" must be a region such as eu-west-1; found "Spain" [value-not-allowed]
  aws: {region: Spain}
                ^~~~~
1 error
error: the configuration file "${file}" has faults [agent/configuration-invalid]
  try: mend it, or name another with IMAGEWRIGHT_CONFIG
`,
    });
  }));
