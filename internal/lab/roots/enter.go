package roots

import "strings"

// Place is where a program is to run.
type Place struct {
	Root  string // the suite's folder; absolute
	Share string // a folder of the host that the program finds under the same name; "" = none
	Trust string // a PEM file of the host that the program finds as the system's list of CAs; "" = the suite's own
	As    string // UID:GID; "" = root
}

// enter mounts what programs expect, and what is shared, in a mount namespace of its own, and becomes the program. Each
// value is an argument; none is part of the text.
const enter = `set -e
root=$1 share=$2 trust=$3 as=$4
shift 4
for folder in /proc /sys /dev; do
  mount --rbind "$folder" "$root$folder"
done
if [ -n "$share" ]; then
  mkdir -p "$root$share"
  mount --bind "$share" "$root$share"
fi
if [ -n "$trust" ]; then
  mount --bind "$trust" "$root/etc/ssl/certs/ca-certificates.crt"
fi
exec chroot --userspec="$as" "$root" "$@"
`

// Command is the host's command that becomes the program at this place; its process keeps its number.
func (p Place) Command(program ...string) []string {
	as := p.As
	if as == "" {
		as = "0:0"
	}
	return append([]string{"unshare", "--mount", "--propagation", "private", "sh", "-c", enter, "enter", strings.TrimSuffix(p.Root, "/"), p.Share, p.Trust, as}, program...)
}

// bound is Command where nothing of what the program starts is left when the command is killed.
func (p Place) bound(program ...string) []string {
	return append([]string{"unshare", "--pid", "--fork", "--kill-child"}, p.Command(program...)...)
}
