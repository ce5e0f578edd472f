import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A self-signed certificate for the names, made by openssl. */
export function selfSignedCertificate(...names: readonly string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-certificate-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=imagewright-test", "-addext", `subjectAltName=${names.join(",")}`];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A certificate for the names from an authority of its own, which it does not contain, made by openssl. Times as in `20200131000000Z`. */
export function issuedCertificate(
  names: readonly string[],
  { authority, from, to }: { readonly authority: string; readonly from: string; readonly to: string },
): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-certificate-"));
  const openssl = (...words: readonly string[]) => execFileSync("openssl", words, { stdio: "pipe", cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    writeFileSync(join(folder, "index"), "");
    writeFileSync(join(folder, "serial"), "01");
    writeFileSync(join(folder, "ca.cnf"), AUTHORITY);
    openssl("req", "-x509", ...newKey, "-subj", `/CN=${authority}`, "-days", "9", "-keyout", "ca-key.pem", "-out", "ca.pem");
    const alternatives = ["-addext", `subjectAltName=${names.join(",")}`];
    openssl("req", ...newKey, "-subj", "/CN=imagewright-test", ...alternatives, "-keyout", "key.pem", "-out", "request.csr");
    const dates = ["-startdate", from, "-enddate", to];
    openssl(
      "ca",
      "-batch",
      "-config",
      "ca.cnf",
      "-keyfile",
      "ca-key.pem",
      "-cert",
      "ca.pem",
      ...dates,
      "-in",
      "request.csr",
      "-out",
      "cert.pem",
    );
    return { key: readFileSync(join(folder, "key.pem"), "utf8"), cert: readFileSync(join(folder, "cert.pem"), "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const AUTHORITY = `
[ca]
default_ca = own
[own]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;
