import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const place = (folder: string) => join(folder, ".config", "imagewright", "config.yaml");

/** Runs the body in a home folder with this configuration file. */
async function withConfig(text: string, body: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, ".config", "imagewright"), { recursive: true });
    await writeFile(place(folder), text);
    await body(folder);
  });
}

const FILE = "aws:\n  region: eu-west-1\n  roleArn: arn:aws:iam::111122223333:role/builder\nservice:\n  regions: [eu-west-1, eu-west-3]\n";

test("ib config show tells each setting with its origin, and no secret", () =>
  withConfig(FILE, async (folder) => {
    const environment = {
      ...{ AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret", AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
      IMAGEWRIGHT_DEBIAN_MIRROR: "http://ada:secret@mirror.test/debian",
      IMAGEWRIGHT_EVENT_WEBHOOK: "https://hooks.test/a?token=secret,https://ada:secret@hooks.test/b",
      IMAGEWRIGHT_DATABASE_URL: "postgresql://ada:secret@db.test:5432/images?password=secret",
    };
    const { code, stdout, stderr } = await ib(["config", "show", "--region", "eu-west-2"], { folder, environment });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stderr: "",
      stdout: `data folder       ${folder}/home (from IMAGEWRIGHT_HOME)
state folder      ${folder}/home/state (from IMAGEWRIGHT_HOME)
AWS region        eu-west-2 (from --region)
AWS profile       not set
AWS endpoint      http://127.0.0.1:1 (from AWS_ENDPOINT_URL)
AWS role          arn:aws:iam::111122223333:role/builder (from ${place(folder)})
AWS access key    AKIA (from AWS_ACCESS_KEY_ID)
private addresses allowed (default)
service database  postgresql://ada@db.test:5432/images (from IMAGEWRIGHT_DATABASE_URL)
service address   127.0.0.1:8484 (default)
service URL       not set
TLS certificate   not set
TLS key           not set
service metrics   not set
service traces    not set
encryption key    not set
resource keys     not set
own catalogue     not set
Debian mirror     http://mirror.test/debian (from IMAGEWRIGHT_DEBIAN_MIRROR)
event webhooks    https://hooks.test/a?…,https://hooks.test/b (from IMAGEWRIGHT_EVENT_WEBHOOK)
webhook secret    not set
event bus         not set
event source      not set
SNS topics        not set
service Regions   eu-west-1,eu-west-3 (from ${place(folder)})
service account   000000000000 (default)
service quotas    not set
service logs      not set
configuration file: ${place(folder)}
`,
    });
    const json = JSON.parse((await ib(["config", "show", "--json"], { folder })).stdout) as { file: string; settings: object[] };
    expect(json.file).toBe(place(folder));
    expect(json.settings).toContainEqual({ name: "region", value: "eu-west-1", origin: { kind: "file", path: place(folder) } });
    expect(json.settings).toContainEqual({ name: "accessKey", value: null, origin: null });
  }));

test("a fault in the configuration file ends every command that needs it, with its place", () =>
  withConfig("aws:\n  regoin: eu-west-1\n", async (folder) => {
    for (const parameters of [["config", "show"], ["doctor"], ["component", "validate", "hello.yaml"]]) {
      const { code, stderr } = await ib(parameters, { folder });
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        `${place(folder)}:2:3: "aws": unknown key "regoin"; allowed: "endpoint", "profile", "region" or "roleArn"; did you mean "region"? [unknown-key]`,
      ]);
    }
  }));
