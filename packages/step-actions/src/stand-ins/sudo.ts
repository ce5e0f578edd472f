/**
 * A POSIX shell script that stands in for sudo in steps, which are root's anyway, where the parent image has none: most machine images have
 * it, so documents call it. It does what sudo(8) does for root with the rules that Debian and Amazon Linux come with: the environment of a
 * command is new but for a few variables, HOME is the user's, PATH is the system's. It needs the tools of busybox, and for other users one
 * of setpriv, GNU chroot and su. What it does not take is an error, and never ignored.
 */
export const SUDO_STAND_IN = `#!/bin/sh
# Stands in for sudo while an image is built from a parent without it. It is not part of the image.

s_fail() {
  printf 'sudo: %s\\n' "$*" >&2
  exit 1
}

s_lacks() {
  s_fail "$1; this image has no sudo, and what stands in for it takes -u USER, -g GROUP, -E, -H, -i, -s, -b, -n, -S, -A, -P, -k, -K, -v, -V and VAR=VALUE: install sudo in an earlier step"
}

# sets s_word to a text as one word of a shell
s_quote() {
  s_rest=$1 s_word=
  while :; do
    case $s_rest in *\\'*) ;; *) break ;; esac
    s_word="$s_word\${s_rest%%\\'*}'\\\\''" s_rest=\${s_rest#*\\'}
  done
  s_word="'$s_word$s_rest'"
}

# a variable of the command's environment, as NAME=VALUE
s_add() {
  s_quote "$1"
  s_variables="$s_variables $s_word"
}

# keeps variables that are set
s_keep() {
  for s_name in "$@"; do
    case $s_name in '' | [!A-Za-z_]* | *[!A-Za-z0-9_]*) continue ;; esac
    eval "s_value=\\\${$s_name-} s_isset=\\\${$s_name+x}"
    [ -z "$s_isset" ] || s_add "$s_name=$s_value"
  done
}

# sets s_uid, s_gid, s_user, s_home and s_shell to those of a user's name or "#UID"
s_find_user() {
  s_uid= s_gid= s_user= s_home= s_shell=
  if [ -r /etc/passwd ]; then
    while IFS=: read -r s_n s_p s_u s_g s_c s_h s_l; do
      [ "$s_n" = "$1" ] || [ "#$s_u" = "$1" ] || continue
      s_uid=$s_u s_gid=$s_g s_user=$s_n s_home=$s_h s_shell=$s_l
      break
    done < /etc/passwd
  fi
  if [ -z "$s_uid" ]; then
    case $1 in
      root | '#0') s_uid=0 s_gid=0 s_user=root s_home=/root ;;
      '#'*[!0-9]* | '#') return 1 ;;
      '#'*) s_uid=\${1#?} s_gid=0 s_user=$1 s_home=/ ;;
      *) return 1 ;;
    esac
  fi
  s_home=\${s_home:-/} s_shell=\${s_shell:-/bin/sh}
}

# sets s_gid to that of a group's name or "#GID"
s_find_group() {
  case $1 in '#'*[!0-9]*) ;; '#'?*) s_gid=\${1#?}; return ;; esac
  while IFS=: read -r s_n s_p s_g s_m; do
    [ "$s_n" != "$1" ] || { s_gid=$s_g; return 0; }
  done < /etc/group
  return 1
}

s_is_command() {
  case $1 in */*) [ -f "$1" ] && [ -x "$1" ]; return ;; esac
  s_ifs=$IFS IFS=:
  for s_folder in $PATH; do
    [ ! -f "$s_folder/$1" ] || [ ! -x "$s_folder/$1" ] || { IFS=$s_ifs; return 0; }
  done
  IFS=$s_ifs
  return 1
}

# takes an option; s_taken says whether it has used the value in $2
s_option() {
  s_taken=
  case $1 in
    -A | --askpass | -B | --bell | -n | --non-interactive | -S | --stdin | -P | --preserve-groups | -k | --reset-timestamp) s_idle=yes ;;
    -K | --remove-timestamp | -v | --validate) exit 0 ;;
    -V | --version) echo "stands in for sudo while an image is built"; exit 0 ;;
    -b | --background) s_background=yes ;;
    -E | --preserve-env) s_preserve=yes ;;
    -H | --set-home) s_set_home=yes ;;
    -i | --login) s_mode=login ;;
    -s | --shell) s_mode=shell ;;
    -u | --user | -g | --group | -p | --prompt)
      [ -n "$3" ] || s_lacks "$1 needs a value"
      s_taken=yes
      case $1 in
        -u | --user) s_target=$2 ;;
        -g | --group) s_group=$2 ;;
      esac
      ;;
    *) s_lacks "unknown option $1" ;;
  esac
}

s_variables= s_assigned= s_target=root s_group= s_mode=command s_background= s_preserve= s_set_home= s_idle=
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    --preserve-env=*)
      s_list=\${1#*=} s_ifs=$IFS IFS=,
      s_keep $s_list
      IFS=$s_ifs
      shift
      ;;
    --*=*)
      s_option "\${1%%=*}" "\${1#*=}" yes
      [ -n "$s_taken" ] || s_lacks "\${1%%=*} takes no value"
      shift
      ;;
    --*)
      s_option "$1" "\${2-}" "\${2+yes}"
      shift
      [ -z "$s_taken" ] || shift
      ;;
    -?*)
      # one letter after the other; what follows one that needs a value is the value
      s_letters=\${1#-}
      shift
      while [ -n "$s_letters" ]; do
        s_others=\${s_letters#?}
        s_letter=-\${s_letters%"$s_others"}
        if [ -n "$s_others" ]; then
          s_option "$s_letter" "$s_others" yes
          [ -z "$s_taken" ] || s_others=
        else
          s_option "$s_letter" "\${1-}" "\${1+yes}"
          [ -z "$s_taken" ] || shift
        fi
        s_letters=$s_others
      done
      ;;
    [A-Za-z_]*=*)
      case \${1%%=*} in *[!A-Za-z0-9_]*) break ;; esac
      s_quote "$1"
      s_assigned="$s_assigned $s_word"
      shift
      ;;
    *) break ;;
  esac
done

if [ $# -eq 0 ] && [ "$s_mode" = command ]; then
  [ -z "$s_idle" ] || exit 0
  s_lacks "no command"
fi
while read -r s_key s_id s_rest; do
  [ "$s_key" != Uid: ] || break
done < /proc/self/status
[ "$s_id" = 0 ] || s_fail "only root can use what stands in for sudo, which this image lacks: install sudo in an earlier step"
s_find_user "$s_target" || s_fail "unknown user $s_target"
[ -z "$s_group" ] || s_find_group "$s_group" || s_fail "unknown group $s_group"

# as sudo does it: a PATH of its own, and of the environment only what says how to talk
s_command=$*
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:\${0%/*}
if [ -z "$s_preserve" ]; then
  s_keep COLORS COLORTERM DISPLAY HOSTNAME KRB5CCNAME LANG LANGUAGE LINGUAS LS_COLORS TERM TZ XAUTHORITY IMAGEWRIGHT_FAMILY
  s_keep LC_ALL LC_ADDRESS LC_COLLATE LC_CTYPE LC_IDENTIFICATION LC_MEASUREMENT LC_MESSAGES LC_MONETARY LC_NAME LC_NUMERIC LC_PAPER LC_TELEPHONE LC_TIME
fi
if [ -z "$s_preserve" ] || [ -n "$s_set_home" ] || [ "$s_mode" = login ] || [ -z "\${HOME-}" ]; then s_add "HOME=$s_home"; fi
if [ "$s_mode" = shell ] && [ -n "\${SHELL-}" ]; then s_shell=$SHELL; fi
s_add "SHELL=$s_shell"
for s_pair in "PATH=$PATH" "USER=$s_user" "LOGNAME=$s_user" SUDO_USER=root SUDO_UID=0 SUDO_GID=0 "SUDO_COMMAND=$s_command"; do s_add "$s_pair"; done

if [ "$s_mode" != command ]; then
  s_line=
  for s_argument in "$@"; do
    # all but letters, digits, "_", "-" and "$" stand for themselves
    s_line="$s_line\${s_line:+ }$(printf '%s\\n' "$s_argument" | sed 's/[^A-Za-z0-9_$-]/\\\\&/g; $!s/$/\\\\/')"
  done
  [ -z "$s_line" ] || { set -- -c "$s_line"; }
  [ "$s_mode" = shell ] || set -- -l "$@"
  set -- "$s_shell" "$@"
  if [ "$s_mode" = login ]; then
    cd "$s_home" 2> /dev/null || printf 'sudo: unable to change directory to %s\\n' "$s_home" >&2
  fi
fi
s_is_command "$1" || s_fail "$1: command not found"

if [ -n "$s_preserve" ]; then s_env=env; else s_env='env -i'; fi
eval "set -- $s_env $s_variables $s_assigned \\"\\$@\\""
if [ "$s_uid" != 0 ] || [ -n "$s_group" ]; then
  if setpriv --help 2> /dev/null | grep -q -e --reuid; then
    case $s_user in '#'*) s_groups=--clear-groups ;; *) s_groups=--init-groups ;; esac
    set -- setpriv "--reuid=$s_uid" "--regid=$s_gid" "$s_groups" -- "$@"
  elif chroot --help 2> /dev/null | grep -q -e --userspec; then
    if [ -n "$s_group" ]; then s_spec=$s_uid:$s_gid; else s_spec=$s_user; fi
    set -- chroot "--userspec=\${s_spec#"#"}" --skip-chdir / "$@"
  elif [ -z "$s_group" ] && s_is_command su; then
    set -- su -s /bin/sh -c 'exec "$@"' -- "$s_user" sh "$@"
  else
    s_fail "the image has no setpriv, chroot or su with which a command can run as that user or group: install util-linux in an earlier step"
  fi
fi
if [ -n "$s_background" ]; then
  "$@" &
  exit 0
fi
exec "$@"
`;
