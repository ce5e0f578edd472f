import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { keyFileWrapper, newKeyFile, writeBackup, type ControlPlane } from "../index.js";
import { ACCOUNT, CALLER, documentWith, Scene } from "../testing/scene.js";

const scene = new Scene();
const KEY = keyFileWrapper(newKeyFile(), "key");

/** A control plane with the key, and what it stores. */
async function encrypted(body: (plane: ControlPlane) => Promise<void>): Promise<void> {
  const plane = await scene.open({ encryptionKey: KEY });
  await body(plane);
}

let token = 0;
async function create(plane: ControlPlane, name: string, command: string): Promise<string> {
  const input = {
    name,
    semanticVersion: "1.0.0",
    platform: "Linux",
    data: documentWith(command),
    clientToken: `sealed-${(token += 1)}`,
  } as const;
  return String((await plane.call("CreateComponent", input, CALLER)).componentBuildVersionArn);
}
const documentOf = async (plane: ControlPlane, componentBuildVersionArn: string) =>
  (await plane.call("GetComponent", { componentBuildVersionArn }, CALLER)).component?.data;
const storedTexts = async () =>
  (await scene.pool.query<{ text: string }>("select document as text from resource union all select secret from access_key")).rows.map(
    ({ text }) => text,
  );

describe("a database that was encrypted later", () => {
  test("seals what is stored from then on: documents, templates and secrets of keys", async () => {
    const before = await create(scene.plane, "before", "echo before");
    await encrypted(async (plane) => {
      const arn = await create(plane, "sealed", "echo very-secret");
      const key = await plane.keys.create({ account: ACCOUNT, user: "ada" });
      const recipe = await plane.call(
        "CreateContainerRecipe",
        {
          ...{
            name: "web",
            semanticVersion: "1.0.0",
            containerType: "DOCKER",
            parentImage: "debian:12",
            clientToken: "container",
            platformOverride: "Linux",
          },
          components: [{ componentArn: arn }],
          dockerfileTemplateData:
            "FROM {{{ imagebuilder:parentImage }}}\n# very-secret\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
          targetRepository: { service: "ECR", repositoryName: "web" },
        },
        CALLER,
      );
      expect(await documentOf(plane, arn)).toBe(documentWith("echo very-secret"));
      expect(await documentOf(plane, before)).toBe(documentWith("echo before"));
      expect(await plane.findAccessKey(key.id)).toEqual(key);
      const { containerRecipe } = await plane.call("GetContainerRecipe", { containerRecipeArn: recipe.containerRecipeArn ?? "" }, CALLER);
      expect(containerRecipe?.dockerfileTemplateData).toContain("# very-secret\n");
      const texts = await storedTexts();
      expect(texts.filter((text) => text.includes("very-secret") || text.includes(key.secretAccessKey))).toEqual([]);
      expect(await plane.encryption.status()).toMatchObject({ wrappedBy: [KEY.name], dataKeys: [{ texts: 3 }], plainTexts: 1 });
    });
  });

  test("its backup has nothing of them in the clear", async () => {
    const output = new PassThrough();
    const chunks: Buffer[] = [];
    output.on("data", (chunk: Buffer) => chunks.push(chunk));
    await writeBackup(scene.url, output, new Date());
    const bytes = Buffer.concat(chunks);
    const text = (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])) ? gunzipSync(bytes) : bytes).toString("latin1");
    expect([text.includes("echo before"), text.includes("very-secret")]).toEqual([true, false]);
  });

  test("is not opened without its key, or with another one", async () => {
    await expect(scene.open()).rejects.toMatchObject({
      code: "control-plane/encryption-key-missing",
      message: `the database is encrypted, and no key was given; its data keys are wrapped by ${KEY.name}`,
    });
    const other = keyFileWrapper(newKeyFile(), "other");
    await expect(scene.open({ encryptionKey: other })).rejects.toMatchObject({
      code: "control-plane/encryption-key-wrong",
      message: `the data keys of the database are wrapped by ${KEY.name}, and the key that was given is ${other.name}; nothing was changed`,
    });
  });

  test("seals everything again with a new data key, and other servers take it", () =>
    encrypted(async (other) => {
      const idle = await scene.open({ encryptionKey: KEY });
      await encrypted(async (plane) => {
        const { dataKeys, plainTexts } = await plane.encryption.rotate();
        expect([dataKeys.map(({ texts }) => texts), plainTexts]).toEqual([[0, 4], 0]);
        const arn = await create(plane, "newer", "echo newer");
        expect(await documentOf(other, arn)).toBe(documentWith("echo newer"));
        const late = await create(other, "late", "echo late");
        expect(await documentOf(plane, late)).toBe(documentWith("echo late"));
        const again = await plane.encryption.rotate();
        // those that seal nothing now are kept for servers that still use them
        expect(again.dataKeys.map(({ texts }) => texts)).toEqual([0, 0, 6]);
        // this one has met neither of the newer keys
        const earlier = await create(idle, "earlier", "echo earlier");
        expect(await documentOf(await scene.open({ encryptionKey: KEY }), earlier)).toBe(documentWith("echo earlier"));
      });
    }));

  test("has its data keys wrapped by another key", async () => {
    const next = keyFileWrapper(newKeyFile(), "next");
    await encrypted(async (plane) => {
      const arn = await create(plane, "wrapped", "echo wrapped");
      expect((await plane.encryption.rewrap(next)).wrappedBy).toEqual([next.name]);
      expect(await documentOf(plane, arn)).toBe(documentWith("echo wrapped"));
      await expect(scene.open({ encryptionKey: KEY })).rejects.toMatchObject({ code: "control-plane/encryption-key-wrong" });
      expect(await documentOf(await scene.open({ encryptionKey: next }), arn)).toBe(documentWith("echo wrapped"));
      expect((await plane.encryption.rewrap(KEY)).wrappedBy).toEqual([KEY.name]);
    });
  });

  test("a text that was changed in the database is not answered", () =>
    encrypted(async (plane) => {
      const arn = await create(plane, "damaged", "echo whole");
      await scene.pool.query("update resource set document = overlay(document placing 'AAAA' from 40 for 4) where arn = $1", [arn]);
      await expect(documentOf(plane, arn)).rejects.toMatchObject({ name: "ServiceException" });
    }));
});

test("a database that is not encrypted says so, and cannot be rotated", async () => {
  await scene.pool.query("delete from data_key");
  await expect(scene.plane.encryption.rotate()).rejects.toMatchObject({ message: "the database is not encrypted" });
  await expect(scene.plane.encryption.rewrap(KEY)).rejects.toMatchObject({ code: "control-plane/not-encrypted" });
});

test("a key file is one line of a fixed form", () => {
  for (const text of ["", "secret\n", newKeyFile().replace("key-1", "key-2"), `${newKeyFile()}${newKeyFile()}`])
    expect(() => keyFileWrapper(text, "k")).toThrow('"k" is no key file of the encryption');
  expect(newKeyFile()).not.toBe(newKeyFile());
});
