/** The families of package managers; `dnf` has yum and microdnf as well, whose packages are the same. */
export type PackageFamily = "apt" | "dnf" | "zypper" | "apk";

type Packages = Readonly<Partial<Record<PackageFamily, string>>>;

const everywhere = (name: string): Packages => ({ apt: name, dnf: name, zypper: name, apk: name });

/** Packages of one name everywhere, and the commands that they bring. */
const SAME_NAME: Readonly<Record<string, readonly string[]>> = {
  acl: ["getfacl", "setfacl"],
  ansible: ["ansible", "ansible-galaxy", "ansible-playbook"],
  bash: ["bash"],
  bc: ["bc"],
  bzip2: ["bunzip2", "bzip2"],
  curl: ["curl"],
  diffutils: ["cmp", "diff"],
  dos2unix: ["dos2unix"],
  e2fsprogs: ["chattr", "lsattr", "mkfs.ext4", "resize2fs", "tune2fs"],
  file: ["file"],
  findutils: ["find", "xargs"],
  gawk: ["gawk"],
  gcc: ["cc", "gcc"],
  git: ["git"],
  grep: ["egrep", "fgrep", "grep"],
  gzip: ["gunzip", "gzip", "zcat"],
  htop: ["htop"],
  iptables: ["iptables", "iptables-restore", "iptables-save"],
  jq: ["jq"],
  less: ["less"],
  lsof: ["lsof"],
  make: ["make"],
  nano: ["nano"],
  "net-tools": ["arp", "ifconfig", "netstat", "route"],
  nodejs: ["node"],
  npm: ["npm", "npx"],
  openssl: ["openssl"],
  parted: ["parted"],
  patch: ["patch"],
  perl: ["perl"],
  psmisc: ["fuser", "killall", "pstree"],
  python3: ["python3"],
  rsync: ["rsync"],
  screen: ["screen"],
  sed: ["sed"],
  socat: ["socat"],
  strace: ["strace"],
  sudo: ["sudo", "visudo"],
  tar: ["tar"],
  tmux: ["tmux"],
  tree: ["tree"],
  unzip: ["unzip"],
  vim: ["vim"],
  wget: ["wget"],
  xfsprogs: ["mkfs.xfs", "xfs_growfs"],
  zip: ["zip"],
};

/** Commands whose packages have different names, or are not everywhere. */
const OTHER_NAMES: readonly (readonly [commands: readonly string[], packages: Packages])[] = [
  [["adduser", "addgroup"], { apt: "adduser", dnf: "shadow-utils" }],
  [["add-apt-repository"], { apt: "software-properties-common" }],
  [["aws"], { apt: "awscli", dnf: "awscli", zypper: "aws-cli", apk: "aws-cli" }],
  [
    ["chpasswd", "groupadd", "groupdel", "groupmod", "passwd", "useradd", "userdel", "usermod"],
    { apt: "passwd", dnf: "shadow-utils", zypper: "shadow", apk: "shadow" },
  ],
  [["crontab"], { apt: "cron", dnf: "cronie", zypper: "cronie" }],
  [["dig", "nslookup"], { apt: "bind9-dnsutils", dnf: "bind-utils", zypper: "bind-utils", apk: "bind-tools" }],
  [["docker"], { apt: "docker.io", dnf: "docker", zypper: "docker", apk: "docker" }],
  [["envsubst"], { apt: "gettext-base", dnf: "gettext", zypper: "gettext-runtime", apk: "gettext" }],
  [["fdisk"], { apt: "fdisk", dnf: "util-linux", zypper: "util-linux", apk: "util-linux" }],
  [["firewall-cmd"], { apt: "firewalld", dnf: "firewalld", zypper: "firewalld" }],
  [["g++"], { apt: "g++", dnf: "gcc-c++", zypper: "gcc-c++", apk: "g++" }],
  [["gpg"], { apt: "gnupg", dnf: "gnupg2", zypper: "gpg2", apk: "gnupg" }],
  [["hostname"], { apt: "hostname", dnf: "hostname", zypper: "hostname" }],
  [["host"], { apt: "bind9-host", dnf: "bind-utils", zypper: "bind-utils", apk: "bind-tools" }],
  [
    ["hostnamectl", "journalctl", "localectl", "loginctl", "systemctl", "systemd-run", "timedatectl"],
    { apt: "systemd", dnf: "systemd", zypper: "systemd" },
  ],
  [["ip", "ss"], { apt: "iproute2", dnf: "iproute", zypper: "iproute2", apk: "iproute2" }],
  [["java"], { apt: "default-jre-headless", dnf: "java-headless", zypper: "java-17-openjdk-headless", apk: "openjdk17-jre-headless" }],
  [["locale-gen", "update-locale"], { apt: "locales" }],
  [["logger"], { apt: "bsdutils", dnf: "util-linux", zypper: "util-linux-systemd", apk: "logger" }],
  [["lsb_release"], { apt: "lsb-release", dnf: "redhat-lsb-core", zypper: "lsb-release" }],
  [["lsblk", "mount", "runuser", "su", "umount"], { apt: "util-linux", dnf: "util-linux", zypper: "util-linux", apk: "util-linux" }],
  [["man"], { apt: "man-db", dnf: "man-db", zypper: "man", apk: "mandoc" }],
  [["mysql"], { apt: "default-mysql-client", dnf: "mysql", zypper: "mariadb-client", apk: "mariadb-client" }],
  [["nc"], { apt: "netcat-openbsd", dnf: "nmap-ncat", zypper: "netcat-openbsd", apk: "netcat-openbsd" }],
  [
    ["free", "pgrep", "pkill", "ps", "sysctl", "top", "uptime", "vmstat", "watch"],
    { apt: "procps", dnf: "procps-ng", zypper: "procps", apk: "procps" },
  ],
  [["ping"], { apt: "iputils-ping", dnf: "iputils", zypper: "iputils", apk: "iputils" }],
  [["pip", "pip3"], { apt: "python3-pip", dnf: "python3-pip", zypper: "python3-pip", apk: "py3-pip" }],
  [["psql"], { apt: "postgresql-client", dnf: "postgresql", zypper: "postgresql", apk: "postgresql-client" }],
  [["python"], { apt: "python-is-python3", dnf: "python-unversioned-command", apk: "python3" }],
  [
    ["scp", "sftp", "ssh", "ssh-add", "ssh-agent", "ssh-keygen", "ssh-keyscan"],
    { apt: "openssh-client", dnf: "openssh-clients", zypper: "openssh-clients", apk: "openssh-client" },
  ],
  [["sshd"], { apt: "openssh-server", dnf: "openssh-server", zypper: "openssh-server", apk: "openssh-server" }],
  [["telnet"], { apt: "telnet", dnf: "telnet", zypper: "telnet", apk: "busybox-extras" }],
  [["update-ca-certificates"], { apt: "ca-certificates", zypper: "ca-certificates", apk: "ca-certificates" }],
  [["update-ca-trust"], { dnf: "ca-certificates" }],
  [["uuidgen"], { apt: "uuid-runtime", dnf: "util-linux", zypper: "util-linux", apk: "util-linux" }],
  [["which"], { apt: "debianutils", dnf: "which", zypper: "which" }],
  [["xmllint"], { apt: "libxml2-utils", dnf: "libxml2", zypper: "libxml2-tools", apk: "libxml2-utils" }],
  [["xz", "unxz"], { apt: "xz-utils", dnf: "xz", zypper: "xz", apk: "xz" }],
];

const PACKAGES: ReadonlyMap<string, Packages> = new Map([
  ...Object.entries(SAME_NAME).flatMap(([name, commands]) => commands.map((command) => [command, everywhere(name)] as const)),
  ...OTHER_NAMES.flatMap(([commands, packages]) => commands.map((command) => [command, packages] as const)),
]);

/** The package that brings a command; undefined if this table does not know it. */
export function packageWith(command: string, family: PackageFamily): string | undefined {
  return PACKAGES.get(command)?.[family];
}

/** All commands that the table knows. */
export function knownCommands(): readonly string[] {
  return [...PACKAGES.keys()];
}
