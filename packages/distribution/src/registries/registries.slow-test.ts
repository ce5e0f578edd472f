import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { openJournal } from "@imagewright/durability";
import { inheritedEnvironment } from "@imagewright/node-host";
import type { DistributionPlan } from "@imagewright/distribution-planner";
import { issuedCertificate, selfSignedCertificate, withTemporaryFolder } from "@imagewright/test-kit";
import type { OperationOutcome } from "../run/outcome.js";
import { runPlan } from "../run/run-plan.js";
import { undoRun } from "../run/undo-run.js";
import { containerPlan } from "../testing/container-plan.js";
import { startFaultyProxy, type Fault, type FaultyProxy } from "../testing/faulty-proxy.js";
import { registryProblem, startRegistry, type RegistryForm, type RegistryOfTest } from "../testing/registry-of-test.js";
import { pushImage } from "./push-image.js";
import { RegistryClient, type RegistryClientOptions } from "./registry-client.js";
import type { Registries } from "./registry.js";
import { tagImage } from "./tag-image.js";
import { writeLayout } from "./write-layout.js";

const problem = registryProblem();
const REGISTRIES = "Debian's docker-registry";

/** A place with registries, an image, and a number for each run. */
class Scene {
  readonly #open: { readonly close: () => Promise<void> }[] = [];
  digest = "";
  #runs = 0;

  constructor(readonly folder: string) {}

  async makeImage(name = "image", kilobytes = 300): Promise<string> {
    this.digest = await writeLayout(this.layout(name), { label: name, layers: [randomBytes(kilobytes << 10), randomBytes(2_000)] });
    return this.digest;
  }

  layout(name: string): string {
    return join(this.folder, name);
  }

  async registry(name: string, form: RegistryForm = {}): Promise<RegistryOfTest> {
    mkdirSync(join(this.folder, name));
    const registry = await startRegistry(join(this.folder, name), form);
    this.#open.push({ close: registry.stop });
    return registry;
  }

  async proxy(registry: RegistryOfTest, faultOf?: (request: string) => Fault): Promise<FaultyProxy> {
    const proxy = await startFaultyProxy(registry.address, faultOf);
    this.#open.push(proxy);
    return proxy;
  }

  adapters(registries: Registries, options: Partial<RegistryClientOptions> = {}, image = "image") {
    const client = new RegistryClient({ environment: inheritedEnvironment(), firstPauseMilliseconds: 10, ...options });
    const targets = { registries, client, layoutOf: () => this.layout(image) };
    return { "push-image": pushImage(targets), "tag-image": tagImage(targets) };
  }

  async run(plan: DistributionPlan, adapters: ReturnType<Scene["adapters"]>, earlier?: readonly OperationOutcome[]) {
    const journal = await openJournal(join(this.folder, `run-${(this.#runs += 1)}.jsonl`));
    try {
      return await runPlan(plan, { durability: journal.durability(), adapters, earlier });
    } finally {
      await journal.close();
    }
  }

  async undo(plan: DistributionPlan, adapters: ReturnType<Scene["adapters"]>, outcomes: readonly OperationOutcome[]) {
    const journal = await openJournal(join(this.folder, `undo-${(this.#runs += 1)}.jsonl`));
    try {
      return await undoRun(plan, outcomes, { durability: journal.durability(), adapters });
    } finally {
      await journal.close();
    }
  }

  async close(): Promise<void> {
    for (const { close } of this.#open.reverse()) await close();
  }
}

async function withScene(body: (scene: Scene) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const scene = new Scene(folder);
    try {
      await body(scene);
    } finally {
      await scene.close();
    }
  });
}

/** The digest that a registry, not a proxy, has under a name, asked by skopeo; undefined if it has none. This process stands still. */
function digestAt(address: string, at: string, ...flags: readonly string[]): string | undefined {
  const words = ["inspect", "--no-tags", "--format", "{{.Digest}}", ...flags, `docker://${address}/team/web${at}`];
  try {
    return execFileSync("skopeo", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (thrown) {
    if (/manifest unknown|name unknown/.test((thrown as { readonly stderr: string }).stderr)) return undefined;
    throw thrown;
  }
}

const PLAIN = "--tls-verify=false";
const statuses = (outcomes: readonly { readonly status: string }[]) => outcomes.map(({ status }) => status);
const messages = (outcomes: readonly OperationOutcome[]) => outcomes.flatMap((one) => (one.status === "failed" ? [one.message] : []));
/** What sends content: the beginning and the end of uploads, and manifests. */
const sending = ({ requests }: FaultyProxy) => requests.filter((one) => /^(POST|PATCH|PUT)/.test(one));

(problem === undefined ? describe : describe.skip)(`images in ${REGISTRIES}${problem === undefined ? "" : ` (${problem})`}`, () => {
  let certificate = { key: "", cert: "" };
  beforeAll(() => {
    certificate = selfSignedCertificate("IP:127.0.0.1");
  });

  test("one image to two registries, one of them with TLS and a password: the same digest under each tag; again sends nothing", () =>
    withScene(async (scene) => {
      const digest = await scene.makeImage();
      const open = await scene.registry("open");
      const closed = await scene.registry("closed", {
        tls: certificate,
        user: "builder:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
      });
      const proxy = await scene.proxy(open);
      const authority = join(scene.folder, "authority");
      mkdirSync(authority);
      writeFileSync(join(authority, "ca.crt"), certificate.cert);
      const authFile = join(scene.folder, "auth.json");
      writeFileSync(authFile, JSON.stringify({ auths: { [closed.address]: { auth: Buffer.from("builder:secret").toString("base64") } } }));
      const registries = {
        "eu-west-1": { address: proxy.address, isPlain: true },
        "us-east-1": { address: `${closed.address}/of/{account}`, certificates: authority },
      };
      const adapters = scene.adapters(registries, { environment: { PATH: process.env.PATH ?? "", REGISTRY_AUTH_FILE: authFile } });
      const plan = containerPlan(digest, ["eu-west-1", "us-east-1"]);
      const outcomes = await scene.run(plan, adapters);
      expect(outcomes).toMatchObject([
        { status: "done", before: { hadIt: false }, result: `${proxy.address}/team/web@${digest}` },
        { status: "done", before: { "1.0.0": null, latest: null } },
        { status: "done", result: `${closed.address}/of/123456789012/team/web@${digest}` },
        { status: "done" },
      ]);
      for (const tag of ["1.0.0", "latest"]) {
        expect(digestAt(open.address, `:${tag}`, PLAIN)).toBe(digest);
        expect(digestAt(`${closed.address}/of/123456789012`, `:${tag}`, `--cert-dir=${authority}`, "--creds=builder:secret")).toBe(digest);
      }
      const back = join(scene.folder, "back");
      execFileSync("skopeo", [
        "copy",
        "--preserve-digests",
        "--src-tls-verify=false",
        `docker://${open.address}/team/web:latest`,
        `oci:${back}`,
      ]);
      expect(execFileSync("diff", ["-r", join(back, "blobs"), join(scene.layout("image"), "blobs")], { encoding: "utf8" })).toBe("");
      proxy.requests.length = 0;
      expect(statuses(await scene.run(plan, adapters))).toEqual(["done", "done", "done", "done"]);
      // tags are manifests that are put under a name
      expect(sending(proxy)).toEqual(["PUT /v2/team/web/manifests/1.0.0", "PUT /v2/team/web/manifests/latest"]);
    }));

  test("undo moves tags back, removes new ones, and the image if it was new", () =>
    withScene(async (scene) => {
      const registry = await scene.registry("registry");
      const adapters = scene.adapters({ "eu-west-1": { address: registry.address, isPlain: true } });
      const first = await scene.makeImage();
      const before = await scene.run(containerPlan(first, ["eu-west-1"], ["latest"]), adapters);
      const second = await scene.makeImage("second");
      const ofSecond = scene.adapters({ "eu-west-1": { address: registry.address, isPlain: true } }, {}, "second");
      const plan = containerPlan(second, ["eu-west-1"]);
      const outcomes = await scene.run(plan, ofSecond);
      expect(digestAt(registry.address, ":latest", PLAIN)).toBe(second);
      expect(statuses(await scene.undo(plan, ofSecond, outcomes))).toEqual(["undone", "undone"]);
      expect(["latest", "1.0.0"].map((tag) => digestAt(registry.address, `:${tag}`, PLAIN))).toEqual([first, undefined]);
      expect(digestAt(registry.address, `@${second}`, PLAIN)).toBeUndefined();
      // an image that was there before stays, without the tag that is new
      const again = await scene.run(containerPlan(first, ["eu-west-1"], ["more"]), adapters);
      expect(digestAt(registry.address, ":more", PLAIN)).toBe(first);
      await scene.undo(containerPlan(first, ["eu-west-1"], ["more"]), adapters, again);
      expect([":more", ":latest"].map((at) => digestAt(registry.address, at, PLAIN))).toEqual([undefined, first]);
      expect(statuses(before)).toEqual(["done", "done"]);
    }));

  test("a registry that deletes nothing keeps the image, and says so", () =>
    withScene(async (scene) => {
      const registry = await scene.registry("registry", { deletes: false });
      const adapters = scene.adapters({ "eu-west-1": { address: registry.address, isPlain: true } });
      const plan = containerPlan(await scene.makeImage(), ["eu-west-1"], []);
      const outcomes = await scene.run(plan, adapters);
      const [undone] = await scene.undo(plan, adapters, outcomes);
      expect(undone).toMatchObject({
        status: "failed",
        message: expect.stringMatching(/^the registry of .+\/team\/web" does not allow it: /),
      });
      expect(digestAt(registry.address, `@${scene.digest}`, PLAIN)).toBe(scene.digest);
    }));

  test.each<[string, (count: number) => Fault]>([
    ["that fails twice with 500", (count) => (count <= 2 ? { status: 500 } : "none")],
    ["that is asked too often", (count) => (count <= 1 ? { status: 429 } : "none")],
    ["whose connection breaks in the middle of a layer", (count) => (count <= 1 ? { breakAfter: 100_000 } : "none")],
    ["that does not answer once", (count) => (count <= 1 ? "hang" : "none")],
  ])("a registry %s gets the image all the same", (_, fault) =>
    withScene(async (scene) => {
      const registry = await scene.registry("registry");
      let count = 0;
      const proxy = await scene.proxy(registry, (request) => (/^PATCH /.test(request) ? fault((count += 1)) : "none"));
      const digest = await scene.makeImage();
      const registries = { "eu-west-1": { address: proxy.address, isPlain: true } };
      const outcomes = await scene.run(containerPlan(digest, ["eu-west-1"]), scene.adapters(registries, { copyMilliseconds: 3_000 }));
      expect(messages(outcomes)).toEqual([]);
      expect(digestAt(registry.address, ":latest", PLAIN)).toBe(digest);
    }),
  );

  test.each<[string, Fault, RegExp]>([
    ["fails each time", { status: 500 }, /has failed: /],
    ["breaks each connection", { breakAfter: 1 }, /has failed: /],
    ["never answers", "hang", /did not answer in time: no answer within 1 s$/],
    ["refuses the user", { status: 401 }, /wants other credentials: /],
  ])("what a registry that %s is to have fails alone, and is made up for later", (_, fault, message) =>
    withScene(async (scene) => {
      const [good, bad] = [await scene.registry("good"), await scene.registry("bad")];
      let current = fault;
      const proxies = [
        await scene.proxy(bad, (request) => (/^(PATCH|POST) /.test(request) ? current : "none")),
        await scene.proxy(good),
      ] as const;
      const digest = await scene.makeImage();
      const at = ({ address }: FaultyProxy) => ({ address, isPlain: true });
      const registries = { "eu-west-1": at(proxies[0]), "us-east-1": at(proxies[1]) };
      const adapters = scene.adapters(registries, { attempts: 2, copyMilliseconds: fault === "hang" ? 1_000 : 60_000 });
      const plan = containerPlan(digest, ["eu-west-1", "us-east-1"]);
      const outcomes = await scene.run(plan, adapters);
      expect(statuses(outcomes)).toEqual(["failed", "left-out", "done", "done"]);
      expect(messages(outcomes)[0]).toMatch(message);
      expect(digestAt(bad.address, `@${digest}`, PLAIN)).toBeUndefined();
      expect(digestAt(good.address, ":latest", PLAIN)).toBe(digest);
      current = "none";
      proxies[1].requests.length = 0;
      expect(statuses(await scene.run(plan, adapters, outcomes))).toEqual(["done", "done", "done", "done"]);
      expect(proxies[1].requests).toEqual([]);
      expect(digestAt(bad.address, ":latest", PLAIN)).toBe(digest);
    }),
  );

  test("what cannot be done is refused before anything is", () =>
    withScene(async (scene) => {
      const registry = await scene.registry("registry");
      const proxy = await scene.proxy(registry);
      const adapters = scene.adapters({ "eu-west-1": { address: proxy.address, isPlain: true } });
      const plan = containerPlan(await scene.makeImage(), ["eu-west-1", "us-east-1"]);
      await expect(scene.run(plan, adapters)).rejects.toMatchObject({
        code: "distribution/no-registry",
        message: 'no registry is set for the Region "us-east-1"; allowed: "eu-west-1"',
      });
      expect(proxy.requests).toEqual([]);
    }));

  test("nobody who is not trusted gets the image", () =>
    withScene(async (scene) => {
      const other = issuedCertificate(["IP:127.0.0.1"], { authority: "somebody", from: "20200101000000Z", to: "20491231235959Z" });
      const registry = await scene.registry("registry", { tls: other });
      const adapters = scene.adapters({ "eu-west-1": { address: registry.address } });
      const outcomes = await scene.run(containerPlan(await scene.makeImage(), ["eu-west-1"]), adapters);
      expect(messages(outcomes)[0]).toMatch(/has a certificate that is not trusted: /);
    }));
});
