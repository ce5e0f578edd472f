/**
 * The POSIX shell script that prints what a machine says about itself, in parts that begin with a line of their own. Each package manager
 * is asked once; nothing else is started.
 */
export const METADATA_SCRIPT = `
for file in /etc/os-release /usr/lib/os-release; do
  [ -r "$file" ] || continue
  echo '== os-release'
  while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done < "$file"
  break
done
if [ -s /var/lib/dpkg/status ] && command -v dpkg-query > /dev/null; then
  echo '== dpkg'
  dpkg-query --show --showformat='\${db:Status-Abbrev}\\t\${binary:Package}\\t\${Version}\\t\${Architecture}\\n'
fi
if command -v rpm > /dev/null && { [ -d /var/lib/rpm ] || [ -d /usr/lib/sysimage/rpm ]; }; then
  echo '== rpm'
  rpm --query --all --queryformat '%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\n'
fi
if [ -r /lib/apk/db/installed ]; then
  echo '== apk'
  grep '^[PVA]:' /lib/apk/db/installed
fi
:
`;
