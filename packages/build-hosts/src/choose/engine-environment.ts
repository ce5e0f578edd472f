import { storageEnvironment } from "../buildah/storage-driver.js";
import { isOrdinaryUser } from "../buildah/user-namespace.js";
import { runTool } from "../processes/run-tool.js";
import { toolEnvironment } from "../processes/tool-environment.js";

type Variables = Readonly<Record<string, string>>;

/** A path in the folder for what lasts until the user logs out, and how it ends. */
const IN_RUNTIME_FOLDER = {
  buildah: { format: "{{.store.RunRoot}}", end: "containers" },
  podman: { format: "{{.Host.RemoteSocket.Path}}", end: "podman/podman.sock" },
} as const;

/** The variables of all calls of an engine that keeps its layers itself. */
export async function engineEnvironment(engine: keyof typeof IN_RUNTIME_FOLDER): Promise<Variables> {
  const storage = await storageEnvironment(engine);
  return { ...storage, ...(await runtimeEnvironment(engine, storage)) };
}

/**
 * An ordinary user without a runtime folder, as in a job of cron, has one in the folder for temporary files, with a part of the store.
 * Calls that have their temporary files elsewhere must be told.
 */
async function runtimeEnvironment(engine: keyof typeof IN_RUNTIME_FOLDER, environment: Variables): Promise<Variables> {
  if (!isOrdinaryUser() || (toolEnvironment()["XDG_RUNTIME_DIR"] ?? "") !== "") return {};
  const { format, end } = IN_RUNTIME_FOLDER[engine];
  const { stdout } = await runTool({ file: engine, arguments: ["info", "--format", format], environment });
  const path = stdout.trim().replace(/^unix:\/\//, "");
  return path.endsWith(`/${end}`) ? { XDG_RUNTIME_DIR: path.slice(0, -end.length - 1) } : {};
}
