import type { FileSystem } from "@imagewright/action-contract";
import type { Bytes } from "./path-bytes.js";

/** A file system at its mount point. One that is mounted twice is two of these: nothing can be renamed from one to the other. */
export interface Mount {
  readonly id: string;
  readonly path: Bytes;
  /** Such as `ext4`; empty if unknown. */
  readonly type: string;
}

interface ListedMount extends Mount {
  /** The id of the parent mount. */
  readonly parent: string;
}

/** Where file systems begin: by the kernel's list of mounts or, without one, by device numbers. */
export class Mounts {
  readonly #byPlace: ReadonlyMap<string, Mount>;

  private constructor(private readonly listed: readonly ListedMount[]) {
    this.#byPlace = new Map(listed.map((mount) => [`${mount.parent} ${mount.path}`, mount]));
  }

  static async read(files: FileSystem): Promise<Mounts> {
    const text = await files.readFile("/proc/self/mountinfo", "latin1").catch(() => "");
    return new Mounts(text.split("\n").flatMap((line) => listedMount(line) ?? []));
  }

  /** The file system of the root, given its device. */
  root(device: bigint): Mount {
    // the parent of the first mount is not visible
    const outside = this.listed.find(({ parent }) => !this.listed.some(({ id }) => id === parent))?.parent ?? "";
    return this.at("/", device, { id: outside, path: "/", type: "" });
  }

  /** The file system of a path, given its device and the file system of the folder that it is in. */
  at(path: Bytes, device: bigint, folder: Mount): Mount {
    if (this.listed.length === 0) return { id: String(device), path, type: "" };
    let mount = folder;
    // a mount may hide another
    for (let over: Mount | undefined = mount; over !== undefined; over = this.#byPlace.get(`${mount.id} ${path}`)) mount = over;
    return mount;
  }
}

/** A line of mountinfo, see proc_pid_mountinfo(5). */
function listedMount(line: string): ListedMount | undefined {
  const [, id, parent, path, type] = /^(\d+) (\d+) \S+ \S+ (\S+) .* - (\S+) /.exec(line) ?? [];
  if (id === undefined || parent === undefined || path === undefined || type === undefined) return undefined;
  return { id, parent, type, path: path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))) };
}

// their files belong to the kernel, or have neither owners nor permissions
const UNPREDICTABLE = new Set(
  (
    "autofs binder binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs fusectl mqueue nfsd nsfs proc pstore resctrl rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs " +
    "exfat msdos ntfs ntfs3 vfat"
  ).split(" "),
);

/** Whether a change in it has the usual effect, as on a disk. */
export function isPredictable({ type }: Mount): boolean {
  return !UNPREDICTABLE.has(type);
}
