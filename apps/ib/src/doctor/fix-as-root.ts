import { asRoot } from "@imagewright/build-hosts";

/** A fix whose command only root may run, as an ordinary user types it. */
export async function withFixAsRoot<Report extends { readonly fix?: string | undefined }>(report: Report): Promise<Report> {
  const [, words = "", command] = /^((?:.*: )?)((?:apt-get|service|systemctl) .*|dockerd)$/.exec(report.fix ?? "") ?? [];
  if (process.getuid?.() === 0 || command === undefined) return report;
  return { ...report, fix: `${words}${await asRoot(command)}` };
}
