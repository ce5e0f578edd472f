import { statSync } from "node:fs";
import { describeCause } from "@imagewright/diagnostics";
import { readCertificate, type CertificateFiles, type ReadCertificate } from "./read-certificate.js";

const LOOK_MILLISECONDS = 1_000;

/** What came of files that have changed. */
export interface CertificateWatcher {
  readonly onRenewed: (certificate: ReadCertificate) => void;
  /** The files cannot be used as they are now; the certificate before stays. */
  readonly onRefused: (problem: string) => void;
}

/** Reads a certificate again whenever its files have changed, until the function that is returned is called. */
export function watchCertificate(files: CertificateFiles, { onRenewed, onRefused }: CertificateWatcher): () => void {
  let known = stateOf(files);
  let before = known;
  const timer = setInterval(() => {
    const now = stateOf(files);
    // one file is replaced after the other: a change is looked at when it is over
    const isOver = now === before;
    before = now;
    if (!isOver || now === known) return;
    known = now;
    try {
      onRenewed(readCertificate(files, new Date()));
    } catch (thrown) {
      onRefused(describeCause(thrown));
    }
  }, LOOK_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Changes with every change of the files. */
function stateOf({ certificate, key }: CertificateFiles): string {
  return [certificate, key]
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
      return stat === undefined ? "missing" : [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join("-");
    })
    .join(" ");
}
