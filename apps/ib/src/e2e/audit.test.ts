// The audit log: who has called what, from where, and what was answered.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ImagebuilderClient, ListComponentsCommand, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import type { AuditRecord, StoredAccessKey } from "@imagewright/control-plane";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { clientOf, createComponent, withService } from "./testing/service.js";

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "imagebuilder:ListComponents", Resource: "*" }],
});

test("LOG-007: each request is there, refused ones too, with no secret, also after the server was killed", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const server = start();
    const served = await server.answering;
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const audit = async (...flags: string[]) => {
      const { code, stdout, stderr } = await ib(["audit", "--json", ...flags], { folder, environment });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
      return JSON.parse(stdout) as readonly (Omit<AuditRecord, "at"> & { readonly at: string })[];
    };
    await writeFile(join(folder, "policy.json"), POLICY);
    const made = await ib(["key", "create", "--user", "ada", "--policy", "policy.json", "--json"], { folder, environment });
    const { id: accessKeyId, secretAccessKey } = JSON.parse(made.stdout) as StoredAccessKey;
    const ada = (secret: string) =>
      new ImagebuilderClient({
        ...{ endpoint: served.endpoint, region: "us-east-1", maxAttempts: 1 },
        credentials: { accessKeyId, secretAccessKey: secret },
      });

    const arn = await createComponent(await clientOf(served), "audited");
    await ada(secretAccessKey).send(new ListComponentsCommand({}));
    await expect(ada(secretAccessKey).send(new ListImagesCommand({}))).rejects.toThrow();
    await expect(ada("another secret").send(new ListImagesCommand({}))).rejects.toThrow();
    expect((await fetch(`${served.address}/healthz`)).status).toBe(200);
    let records = await audit();
    while (records.length < 4) records = await audit();
    expect(records.map(({ principal, operation, status, error }) => [principal?.split(":").at(-1), operation, error ?? status])).toEqual([
      ["root", "CreateComponent", 200],
      ["user/ada", "ListComponents", 200],
      ["user/ada", "ListImages", "ForbiddenException"],
      [undefined, "ListImages", "InvalidSignatureException"],
    ]);
    expect(records[0]).toMatchObject({ sourceIp: "127.0.0.1", userAgent: expect.stringContaining("aws-sdk-js"), resources: [arn] });
    expect(records[3]).toMatchObject({ accessKeyId });
    expect(JSON.stringify(records)).not.toContain(secretAccessKey);

    server.child.kill("SIGKILL");
    await server.ended;
    expect(await audit("--failed")).toEqual(records.slice(2));
    expect(await audit("--user", "ada", "--operation", "ListComponents", "--since", "2020-01-01")).toEqual([records[1]]);
    expect(await audit("--resource", arn)).toEqual([records[0]]);
    expect(await audit("--key", accessKeyId, "--limit", "1")).toEqual([records[3]]);
    const shown = await ib(["audit", "--user", "root"], { folder, environment });
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^TIME +WHO +FROM +OPERATION +ANSWER +RESOURCES\n\S+Z +arn:aws:iam::0{12}:root +127\.0\.0\.1 +CreateComponent +200 +arn:\S+\n$/,
      ),
    });
    expect(await ib(["audit", "--until", "2020-01-01"], { folder, environment })).toEqual({ code: 0, stdout: "", stderr: "no requests\n" });
    expect(await ib(["audit", "--since", "yesterday"], { folder, environment })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--since must be a time such as 2027-01-01"),
    });
  }));
