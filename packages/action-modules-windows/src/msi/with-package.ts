import { win32 } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { attempt, resolvePath, s3Download, webDownload } from "@imagewright/action-modules-core";

let downloads = 0;

/** Calls `body` with the path of an MSI file; one of S3 or the web is downloaded before and removed afterwards. */
export async function withPackage<Result>(
  location: string,
  context: ActionContext,
  body: (path: string) => Promise<Result>,
): Promise<Result> {
  const { host, temporaryDirectory } = context;
  if (!/^(https?|s3):\/\//i.test(location)) {
    const path = resolvePath(location, context);
    await attempt("read file", path, () => host.files.access(path));
    return body(path);
  }
  const destination = win32.join(temporaryDirectory, `package-${++downloads}.msi`);
  try {
    const download = /^s3:/i.test(location) ? s3Download : webDownload;
    await download.run({ source: location, destination }, context);
    return await body(destination);
  } finally {
    // a virus scanner can have it open: what the step has done stays done, and the run's folder goes anyway
    await host.files.rm(destination, { force: true }).catch(() => undefined);
  }
}
