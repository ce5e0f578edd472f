import type { FileSystem } from "@imagewright/action-contract";
import type { Bytes } from "./path-bytes.js";

/** A file system at its place among the files. One that is mounted at two places is two of these: nothing can be renamed from one to the other. */
export interface Mount {
  readonly id: string;
  readonly path: Bytes;
  /** Such as `ext4`; empty where it is not known. */
  readonly type: string;
}

interface ListedMount extends Mount {
  /** The id of the mount that it is in. */
  readonly parent: string;
}

/** Where file systems begin: by the list of the kernel, or where there is none, by the numbers of devices. */
export class Mounts {
  readonly #byPlace: ReadonlyMap<string, Mount>;

  private constructor(private readonly listed: readonly ListedMount[]) {
    this.#byPlace = new Map(listed.map((mount) => [`${mount.parent} ${mount.path}`, mount]));
  }

  static async read(files: FileSystem): Promise<Mounts> {
    const text = await files.readFile("/proc/self/mountinfo", "latin1").catch(() => "");
    return new Mounts(text.split("\n").flatMap((line) => listedMount(line) ?? []));
  }

  /** The file system of the root, which has a device. */
  root(device: bigint): Mount {
    // the parent of the first mount is out of sight
    const outside = this.listed.find(({ parent }) => !this.listed.some(({ id }) => id === parent))?.parent ?? "";
    return this.at("/", device, { id: outside, path: "/", type: "" });
  }

  /** The file system of a path, given its device and the file system of the folder that it is in. */
  at(path: Bytes, device: bigint, folder: Mount): Mount {
    if (this.listed.length === 0) return { id: String(device), path, type: "" };
    let mount = folder;
    // one mount may hide another
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

// their files are the kernel's own, or keep neither owners nor permissions
const UNTELLABLE = new Set(
  (
    "autofs binder binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs fusectl mqueue nfsd nsfs proc pstore resctrl rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs " +
    "exfat msdos ntfs ntfs3 vfat"
  ).split(" "),
);

/** Whether a change in it does what it does on a disk of this system. */
export function isTellable({ type }: Mount): boolean {
  return !UNTELLABLE.has(type);
}
