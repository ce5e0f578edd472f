// The real SDK against real TLS servers. Each row runs in a process of its own, since Node reads NODE_EXTRA_CA_CERTS at its start only.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer as createHttpServer, type ServerResponse, type Server as HttpServer } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { issuedCertificate, selfSignedCertificate, withTemporaryFolder } from "@imagewright/test-kit";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const PROGRAM = `
const { createDocumentLoader } = await import(${JSON.stringify(BUILT)});
const failure = await createDocumentLoader({ fetchLocal: () => undefined })("s3://documents/web.yaml").then(({ text }) => ({ text }), (thrown) => thrown);
const { code, message, hints, text } = failure;
console.log(JSON.stringify({ code, message, hints, text }));`;

const BEGINNING = 'reading "s3://documents/web.yaml" failed: there is no safe connection to the service: ';
const TRUST =
  "add the certificate of its authority to those that this machine trusts (update-ca-certificates), or name a file with it in NODE_EXTRA_CA_CERTS";
const CLOCK = "renew the certificate on the server, and check the clock of this machine";

const HERE = ["DNS:localhost", "IP:127.0.0.1"];
const selfSigned = selfSignedCertificate(...HERE);
const elsewhere = selfSignedCertificate("DNS:s3.example", "DNS:*.s3.example");
const issued = (from: string, to: string) => issuedCertificate(HERE, { authority: "Example CA", from, to });

describe("an endpoint", () => {
  test.each([
    ["with a certificate that is self-signed", selfSigned, undefined, "its certificate is self-signed", TRUST],
    ["with a certificate that has expired", issued("20200101000000Z", "20210203040506Z"), undefined, "its certificate has expired", CLOCK],
    [
      "with a certificate that is not valid yet",
      issued("20980101000000Z", "20991231235959Z"),
      undefined,
      "its certificate is not valid yet",
      CLOCK,
    ],
    [
      "with a certificate from an authority that is not known",
      issued("20200101000000Z", "20991231235959Z"),
      undefined,
      "its certificate comes from an authority that is not known here",
      TRUST,
    ],
    [
      "with a trusted certificate for another host",
      elsewhere,
      elsewhere.cert,
      'its certificate is for "s3.example", "*.s3.example", not for this host',
      "use one of the names that the certificate is for, or give the server a certificate for this name",
    ],
    [
      "that does not speak TLS",
      undefined,
      undefined,
      "it does not speak TLS on this port",
      "use http://, or the port on which the server has TLS",
    ],
  ])("%s", async (_name, certificate, trusted, reason, hint) => {
    const { failure, requests } = await readFrom(certificate === undefined ? createHttpServer() : createServer(certificate), trusted);
    expect(failure).toEqual({ code: "aws/connection-insecure", message: `${BEGINNING}${reason}`, hints: [hint] });
    expect(requests).toBe(0);
  });

  test("with a self-signed certificate that is trusted is read", async () => {
    expect((await readFrom(createServer(selfSigned), selfSigned.cert)).failure).toEqual({ text: "name: web" });
  });
});

/** What a process gets that reads a document from the server, and how many requests came there. */
async function readFrom(server: HttpServer | Server, trusted: string | undefined) {
  let requests = 0;
  server.on("request", (_, response: ServerResponse) => {
    requests++;
    response.end("name: web");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await withTemporaryFolder(async (folder) => {
      if (trusted !== undefined) await writeFile(join(folder, "trusted.pem"), trusted);
      const env = {
        ...{ AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "KEY", AWS_SECRET_ACCESS_KEY: "SECRET", AWS_EC2_METADATA_DISABLED: "true" },
        ...{ AWS_CONFIG_FILE: "/nonexistent/config", AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials" },
        AWS_ENDPOINT_URL_S3: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
        ...(trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: join(folder, "trusted.pem") }),
      };
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", PROGRAM], { env });
      return { failure: JSON.parse(stdout) as unknown, requests };
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
