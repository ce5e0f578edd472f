import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { runTool } from "../processes/run-tool.js";
import { toolEnvironment } from "../processes/tool-environment.js";
import { isOrdinaryUser } from "./user-namespace.js";

const GRAPH_ROOT = { buildah: "{{.store.GraphRoot}}", podman: "{{.Store.GraphRoot}}" };

/**
 * The variables with which buildah and podman keep the layers of an ordinary user: they fall back to `vfs`, which copies a whole image for
 * each container, where the kernel can do `overlay` without root (since Linux 5.13). Nothing if the user has set a driver, or has images in
 * `vfs`.
 */
export async function storageEnvironment(engine: keyof typeof GRAPH_ROOT): Promise<Readonly<Record<string, string>>> {
  if (!isOrdinaryUser() || (await isDriverSet())) return {};
  const overlay = { STORAGE_DRIVER: "overlay" };
  const result = await runTool({ file: engine, arguments: ["info", "--format", GRAPH_ROOT[engine]], environment: overlay });
  if (result.exitCode !== 0) return {};
  const images = await stat(join(result.stdout.trim(), "vfs-images", "images.json")).catch(() => undefined);
  // an empty list has two characters
  return images === undefined || images.size <= 2 ? overlay : {};
}

async function isDriverSet(): Promise<boolean> {
  const variables = toolEnvironment();
  if (["STORAGE_DRIVER", "STORAGE_OPTS", "CONTAINERS_STORAGE_CONF"].some((name) => variables[name] !== undefined)) return true;
  const own = join(variables["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "containers", "storage.conf");
  const files = [own, "/etc/containers/storage.conf", "/usr/share/containers/storage.conf"];
  const texts = await Promise.all(files.map((path) => readFile(path, "utf8").catch(() => "")));
  return texts.some((text) => /^\s*driver\s*=\s*"?[a-z]/m.test(text));
}
