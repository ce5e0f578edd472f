import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { ServerCertificate } from "@imagewright/api-server";
import { describeCause } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";

/** Where a certificate and its key are, both as PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate with which a server can speak TLS now. */
export interface ReadCertificate extends ServerCertificate {
  /** The names and addresses for which it is. */
  readonly names: readonly string[];
  readonly validUntil: Date;
  /** Whether no authority has issued it, so that clients have to be told to trust it. */
  readonly isSelfSigned: boolean;
}

const EVERYBODY = 0o004;

/** Reads and checks a certificate and its key. Errors: certificate-not-usable. */
export function readCertificate(files: CertificateFiles, now: Date): ReadCertificate {
  const refuse = (file: keyof CertificateFiles, problem: string, hint?: string) =>
    ibError("certificate-not-usable", { file: files[file], problem, ...(hint !== undefined && { hint }) });
  const read = (file: keyof CertificateFiles): string => {
    try {
      // a pipe would be waited for, maybe for ever
      if (!statSync(files[file]).isFile()) throw new Error("it is no regular file");
      return readFileSync(files[file], "utf8");
    } catch (thrown) {
      throw refuse(file, `it cannot be read: ${describeCause(thrown)}`);
    }
  };
  const [certificate, key] = [read("certificate"), read("key")];
  if (process.platform !== "win32" && (statSync(files.key).mode & EVERYBODY) !== 0)
    throw refuse("key", "every user of this computer can read the private key", `chmod 600 ${files.key}`);
  const own = parse(() => new X509Certificate(certificate));
  if (own === undefined) throw refuse("certificate", "it is no certificate in PEM: it must begin with -----BEGIN CERTIFICATE-----");
  const secret = parse(() => createPrivateKey(key));
  if (secret === undefined && /ENCRYPTED/.test(key))
    throw refuse("key", "the private key has a passphrase, for which a server cannot ask", "take it off: openssl pkey -in FILE -out NEW");
  if (secret === undefined) throw refuse("key", "it is no private key in PEM: it must begin with -----BEGIN PRIVATE KEY-----");
  if (!own.checkPrivateKey(secret)) throw refuse("key", `it is not the private key of ${files.certificate}`);
  const [from, until] = [new Date(own.validFrom), new Date(own.validTo)];
  if (until < now) throw refuse("certificate", `it has expired: it was valid until ${until.toISOString()}`);
  if (from > now) throw refuse("certificate", `it is not valid before ${from.toISOString()}`);
  try {
    createSecureContext({ cert: certificate, key });
  } catch (thrown) {
    throw refuse("certificate", `TLS does not take it: ${describeCause(thrown)}`);
  }
  return { certificate, key, names: namesOf(own), validUntil: until, isSelfSigned: own.checkIssued(own) };
}

function parse<Parsed extends X509Certificate | KeyObject>(body: () => Parsed): Parsed | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

/** As in `DNS:images.example.org, IP Address:192.0.2.1`. */
function namesOf({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName.split(", ").flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.slice(1) ?? []);
}
