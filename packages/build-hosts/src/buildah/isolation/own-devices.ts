/**
 * Buildah shows the whole `/dev` of this computer to commands in a changed root, where root could read its disks. This script gives the
 * mount namespace in which it runs a `/dev` with nothing but what programs need, then runs a command. Parameters: an empty folder, the
 * command.
 */
export const OWN_DEVICES_SCRIPT = `
set -e
dev=$1
shift
mount -t tmpfs -o mode=755,nosuid,noexec tmpfs "$dev"
mkdir "$dev/pts" "$dev/shm"
for name in full null random tty urandom zero; do
  : > "$dev/$name"
  mount --bind "/dev/$name" "$dev/$name"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev,noexec,size=64m tmpfs "$dev/shm"
ln -s pts/ptmx "$dev/ptmx"
ln -s /proc/self/fd "$dev/fd"
ln -s /proc/self/fd/0 "$dev/stdin"
ln -s /proc/self/fd/1 "$dev/stdout"
ln -s /proc/self/fd/2 "$dev/stderr"
mount --rbind "$dev" /dev
exec "$@"
`;
