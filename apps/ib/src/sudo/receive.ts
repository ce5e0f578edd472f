/** A folder that every machine has: the last entry of an archive, since tar takes one that breaks off between two files for a whole one. */
export const END_OF_ARCHIVE = ["--directory", "/", "--no-recursion", "./usr"] as const;

/**
 * What the caller's process does: unpacks the archive on its standard input into a new folder, and gives it, or a folder in it, its name
 * when it is complete. Whatever the names lead to, they lead there with the rights of the caller. Parameters: the folder of all results,
 * the name of the new one, and the entry of the archive that gets it; empty for the whole.
 */
export const RECEIVE = `
umask 077
mkdir -p -- "$1" && cd -- "$1" || exit 1
if [ -e "./$2" ] || [ -L "./$2" ]; then echo "there is something called $2 already" >&2; exit 1; fi
# left by one that was killed
find . -maxdepth 1 -name '.imagewright-incomplete-*' -mtime +0 -exec rm -rf {} +
draft=$(mktemp -d ./.imagewright-incomplete-XXXXXXXX) || exit 1
trap 'rm -rf "$draft"' EXIT
tar --extract --no-same-owner --no-same-permissions --directory "$draft" || exit 1
rmdir "$draft/usr" 2> /dev/null || { echo "the archive broke off" >&2; exit 1; }
mv -T -- "$draft\${3:+/$3}" "./$2"
`;

/** Whether the caller can make a folder of results and write to it. Parameter: the folder. */
export const PREPARE = `
umask 077
mkdir -p -- "$1" && cd -- "$1" || exit 1
[ -w . ] || { echo "$1 cannot be written to" >&2; exit 1; }
`;
