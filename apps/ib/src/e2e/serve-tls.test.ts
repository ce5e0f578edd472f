// `ib serve` with a certificate: the lines that it prints, a new certificate while it runs, and pairs that do not fit.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, rename, writeFile } from "node:fs/promises";
import { Agent, get } from "node:https";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { issuedCertificate, selfSignedCertificate, type Certificate } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { withService } from "./testing/service.js";

const NAMES = ["DNS:images.example.org", "DNS:localhost", "IP:127.0.0.1"];
const FLAGS = ["--tls-cert", "server.pem", "--tls-key", "server.key"];

async function write(folder: string, { cert, key }: Certificate): Promise<void> {
  for (const [name, text] of Object.entries({ "server.key": key, "server.pem": cert })) {
    await writeFile(join(folder, `${name}.new`), text, { mode: 0o600 });
    await rename(join(folder, `${name}.new`), join(folder, name));
  }
}

/** Asks for health, and returns which certificate the server has shown. */
function fingerprintOf(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${url}/healthz`, { agent, rejectUnauthorized: false }, (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
      response.resume().on("end", () => resolve(fingerprint256));
    }).on("error", reject);
  });
}

const fingerprint = (cert: string) =>
  execFileSync("openssl", ["x509", "-noout", "-fingerprint", "-sha256"], { input: cert, encoding: "utf8" }).trim().split("=")[1];

test("clients reach it with the lines that it prints, and ib finds it", () =>
  withService(async (start, { folder, databaseUrl }) => {
    await write(folder, selfSignedCertificate(...NAMES));
    const server = start([...FLAGS, "--listen", "0.0.0.0:0", "--env-file", "service.env"]);
    const served = await server.answering;
    const { port } = new URL(served.address);
    expect(served).toMatchObject({
      endpoint: `https://127.0.0.1:${port}`,
      address: `https://127.0.0.1:${port}`,
      certificateToTrust: join(folder, "server.pem"),
    });
    const call = `import { ImagebuilderClient, ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
      console.log((await new ImagebuilderClient({}).send(new ListComponentsCommand({}))).componentVersionList.length);`;
    const script = `set -a; . ${folder}/service.env; exec node --input-type=module -e '${call}'`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_EC2_METADATA_DISABLED: "true" };
    expect(spawnSync("sh", ["-c", script], { cwd: import.meta.dirname, env, encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "0\n",
    });
    const status = await ib(["serve", "status"], { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining(`endpoint  https://127.0.0.1:${port}\n`)]);
    // who speaks no TLS gets no answer, and harms nobody
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    expect(await ib(["serve", "stop"], { folder })).toMatchObject({ code: 0 });
    expect((await server.ended).code).toBe(143);
  }));

test("files that change are read again: connections that are open stay, new ones have the new certificate", () =>
  withService(async (start, { folder }) => {
    const [first, second] = [selfSignedCertificate(...NAMES), selfSignedCertificate(...NAMES)];
    await write(folder, first);
    const server = start(FLAGS);
    let said = "";
    server.child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const saying = async (text: string) => {
      while (!said.includes(text)) await sleep(20);
    };
    const { address } = await server.answering;
    const staying = new Agent({ keepAlive: true, maxSockets: 1 });
    const now = () => fingerprintOf(address, new Agent());
    expect([await fingerprintOf(address, staying), await now()]).toEqual([fingerprint(first.cert), fingerprint(first.cert)]);

    await writeFile(join(folder, "server.key"), second.key);
    await saying(
      `warning: the certificate in use stays: the server cannot use "${join(folder, "server.key")}": it is not the private key of`,
    );
    expect(await now()).toBe(fingerprint(first.cert));

    await write(folder, second);
    await saying("notice: the new certificate is in use; it is valid until ");
    expect([await fingerprintOf(address, staying), await now()]).toEqual([fingerprint(first.cert), fingerprint(second.cert)]);
    staying.destroy();

    await write(folder, selfSignedCertificate("DNS:renewed.example.org"));
    const status = async () => (await ib(["serve", "status"], { folder })).stdout;
    while (!(await status()).includes(`endpoint  https://renewed.example.org:${new URL(address).port} (here ${address})\n`))
      await sleep(20);
  }));

describe("refused before anything is made", () => {
  const own = selfSignedCertificate(...NAMES);
  const encrypted = execFileSync("openssl", ["pkey", "-aes256", "-passout", "pass:secret"], { input: own.key, encoding: "utf8" });
  const issued = (from: string, to: string) => issuedCertificate(NAMES, { authority: "test", from, to });
  const KEY = "it is no private key in PEM: it must begin with -----BEGIN PRIVATE KEY-----";
  const cases: readonly (readonly [string, Certificate, string, string])[] = [
    ["the key of another certificate", { ...own, key: selfSignedCertificate(...NAMES).key }, "server.key", "it is not the private key of "],
    ["a key with a passphrase", { ...own, key: encrypted }, "server.key", "the private key has a passphrase"],
    ["a text in place of a key", { ...own, key: "secret\n" }, "server.key", KEY],
    ["a key in place of a certificate", { ...own, cert: own.key }, "server.pem", "it is no certificate in PEM"],
    [
      "a certificate that has expired",
      issued("20200101000000Z", "20200131000000Z"),
      "server.pem",
      "it has expired: it was valid until 2020-01-31T",
    ],
    ["one of the future", issued("20900101000000Z", "20900131000000Z"), "server.pem", "it is not valid before 2090-01-01T00:00:00.000Z"],
  ];
  const refusal = async (folder: string, parameters: readonly string[] = FLAGS) => {
    const { code, stdout, stderr } = await ib(["serve", "--role", "api", "--listen", "127.0.0.1:0", ...parameters], { folder });
    expect([stdout, existsSync(join(folder, "home"))]).toEqual(["", false]);
    return [code, stderr];
  };

  test.each(cases)("%s", (_, certificate, file, problem) =>
    withService(async (_start, { folder }) => {
      await write(folder, certificate);
      expect(await refusal(folder)).toEqual([
        1,
        expect.stringContaining(`error: the server cannot use "${join(folder, file)}": ${problem}`),
      ]);
    }),
  );

  test("a key that everybody can read, a file that is missing, a pipe, and one without the other", () =>
    withService(async (_start, { folder }) => {
      await write(folder, own);
      await chmod(join(folder, "server.key"), 0o604);
      expect(await refusal(folder)).toEqual([
        1,
        expect.stringContaining("every user of this computer can read the private key\n  try: chmod 600 "),
      ]);
      expect(await refusal(folder, ["--tls-cert", "none.pem", "--tls-key", "server.key"])).toEqual([
        1,
        expect.stringContaining(`error: the server cannot use "${join(folder, "none.pem")}": it cannot be read: ENOENT`),
      ]);
      execFileSync("mkfifo", [join(folder, "pipe")]);
      expect(await refusal(folder, ["--tls-cert", "pipe", "--tls-key", "server.key"])).toEqual([
        1,
        expect.stringContaining(`error: the server cannot use "${join(folder, "pipe")}": it cannot be read: it is no regular file`),
      ]);
      expect(await refusal(folder, ["--tls-cert", "server.pem"])).toEqual([
        2,
        "--tls-cert and --tls-key belong together; --tls-key is missing\n  try: ib serve --help\n",
      ]);
    }));
});
