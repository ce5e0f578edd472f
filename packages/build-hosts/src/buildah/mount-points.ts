import { posix } from "node:path";
import type { Container } from "../engines/dialect.js";

/**
 * Buildah makes the places of what it mounts into a container for a command. Of two commands that run at one time, the one that ends first
 * would remove those of the other. So they are made before any command runs, and removed before an image is made.
 *
 * For a command in a changed root, buildah makes them by their path on this computer, where a link of the container can lead anywhere: so
 * `check` prints the first one that a link leads out of the container's files.
 *
 * A shell script, since an ordinary user sees the container's files only inside of buildah's user namespace. Parameters: the container, the
 * file with the places that were made, `make`, `check` or `remove`, and for the first two a kind and a path for each place.
 */
export const MOUNT_POINTS_SCRIPT = `
made=$2 action=$3
# else these folders would have the modes of whoever starts a build, and one that others can write to is refused by the agent
umask 022
# the container stays mounted until it is removed, so buildah has to be asked once; in another user namespace each time
root=$(cat "$made.root" 2> /dev/null)
if [ -z "$root" ] || ! grep -qF " $root overlay " /proc/self/mounts; then
  root=$(buildah mount "$1") && [ -n "$root" ] || exit 1
  printf '%s' "$root" > "$made.root"
fi
shift 3
# sets "place" to what a path leads to in the container: a link starts at the container's root there, not at this computer's
resolve() {
  rest=$1 place= links=0
  while [ -n "$rest" ]; do
    part=\${rest%%/*}
    case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    case $part in '' | .) continue ;; ..) place=\${place%/*}; continue ;; esac
    if [ -L "$root$place/$part" ]; then
      links=$((links + 1))
      [ $links -le 40 ] || return 1
      target=$(readlink "$root$place/$part")
      case $target in /*) place= ;; esac
      rest=$target/$rest
    else
      place=$place/$part
    fi
  done
  [ -n "$place" ]
}
if [ $action = make ]; then
  while [ $# -gt 0 ]; do
    if resolve "$2" && [ ! -e "$root$place" ]; then
      printf '%s\\n' "$place" >> "$made"
      if [ "$1" = folder ]; then mkdir "$root$place"; else : > "$root$place"; fi
    fi
    shift 2
  done
elif [ $action = check ]; then
  root=$(readlink -f "$root")
  while [ $# -gt 0 ]; do
    case $(readlink -m "$root$2") in "$root"/*) ;; *) printf '%s\\n' "$2"; exit 0 ;; esac
    shift 2
  done
elif [ -e "$made" ]; then
  # the contents of a folder before it; what holds something by now stays
  sort -r "$made" | while IFS= read -r path; do
    resolve "$path" || continue
    if [ -d "$root$place" ]; then rmdir "$root$place"
    elif [ -f "$root$place" ] && [ ! -s "$root$place" ]; then rm -f "$root$place"
    fi
  done 2> /dev/null
fi
exit 0
`;

const OF_BUILDAH = {
  folder: ["/dev", "/proc", "/sys"],
  file: ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/run/.containerenv"],
} as const;

/** The kinds and paths of the places that buildah mounts by itself. */
export function ownMountPoints(): string[] {
  return Object.entries(OF_BUILDAH).flatMap(([kind, paths]) => paths.flatMap((path) => [kind, path]));
}

/** The kinds and paths of all places of mounts, those of their parents before them. */
export function mountPoints({ mounts, folders }: Container): string[] {
  const folderPaths = [...OF_BUILDAH.folder, ...mounts.filter(({ source }) => source === folders.jobs).map(({ target }) => target)];
  const filePaths = [...OF_BUILDAH.file, ...mounts.filter(({ source }) => source !== folders.jobs).map(({ target }) => target)];
  const parents = [...folderPaths, ...filePaths].flatMap(parentsOf);
  const all = [...new Set([...parents, ...folderPaths])].map((path) => ["folder", path]);
  return [...all, ...filePaths.map((path) => ["file", path])].flat();
}

/** The folders above a path, the highest first, without the root. */
function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === "/" ? [] : [...parentsOf(parent), parent];
}
