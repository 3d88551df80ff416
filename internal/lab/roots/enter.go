package roots

import (
	"os/exec"
	"strings"
)

// Place is where a program is to run.
type Place struct {
	Root  string // the suite's folder; absolute; "" = the host itself
	Share string // a folder of the host that the program finds under the same name; "" = none
	Trust string // a PEM file of the host that the program finds as the system's list of CAs, where there is one; "" = the system's own
	As    string // UID:GID; "" = root
}

// enter mounts what programs expect, and what is shared, in a mount namespace of its own, and becomes the program. Each
// value is an argument; none is part of the text.
const enter = `set -e
root=$1 share=$2 trust=$3 as=$4
shift 4
if [ -n "$root" ]; then
  for folder in /proc /sys /dev; do
    mount --rbind "$folder" "$root$folder"
  done
fi
if [ -n "$root" ] && [ -n "$share" ]; then
  mkdir -p "$root$share"
  mount --bind "$share" "$root$share"
fi
if [ -n "$trust" ] && [ -e "$root/etc/ssl/certs/ca-certificates.crt" ]; then
  mount --bind "$trust" "$root/etc/ssl/certs/ca-certificates.crt"
fi
exec chroot --userspec="$as" "$root/" "$@"
`

// Command is the host's command that becomes the program at this place; its process keeps its number.
func (p Place) Command(program ...string) []string {
	as := p.As
	if as == "" {
		as = "0:0"
	}
	return append([]string{"unshare", "--mount", "--propagation", "private", "sh", "-c", enter, "enter", strings.TrimSuffix(p.Root, "/"), p.Share, p.Trust, as}, program...)
}

// Possible reports whether this process may make mount namespaces, as root in some containers may not.
func Possible() bool { return exec.Command("unshare", "--mount", "true").Run() == nil }

// bound is Command where nothing of what the program starts is left when the command is killed.
func (p Place) bound(program ...string) []string {
	return append([]string{"unshare", "--pid", "--fork", "--kill-child"}, p.Command(program...)...)
}
