import type { ActionContext } from "@imagewright/action-contract";

// where distributions store trusted certificates
const SYSTEM_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The trusted certificates: the built-in ones and those added on this machine, such as a company's own;
 * `SSL_CERT_FILE` names another file. Undefined if there are only the built-in ones.
 */
export async function trustedCertificates({
  environment,
  host,
}: Pick<ActionContext, "environment" | "host">): Promise<string[] | undefined> {
  const { rootCertificates } = await import("node:tls");
  const named = environment["SSL_CERT_FILE"] ?? "";
  const builtIn = new Set(rootCertificates.map(withoutSpace));
  for (const file of named === "" ? SYSTEM_FILES : [named]) {
    const text = await host.files.readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const added = (text.match(CERTIFICATE) ?? []).filter((certificate) => !builtIn.has(withoutSpace(certificate)));
    return added.length === 0 ? undefined : [...rootCertificates, ...added];
  }
  return undefined;
}

function withoutSpace(certificate: string): string {
  return certificate.replace(/\s+/g, "");
}
