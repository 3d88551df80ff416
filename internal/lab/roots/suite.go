package roots

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Archive is where suites come from.
const Archive = "http://deb.debian.org/debian"

// Suite is one of Debian.
type Suite struct {
	Name     string // as the archive calls it: bullseye
	Title    string // for people: Debian 11
	Platform string // as federation.yaml names it: debian-11
	Packages []string
}

// Suites are those that are known, oldest first. Debian 12 is not among them: there the host's own programs run.
func Suites() []Suite {
	return []Suite{
		// EL9's mod_auth_openidc, and the oldest Keystone that is looked after. It has no mod_oauth2.
		{"bullseye", "Debian 11", "debian-11", packages("mariadb-server-core-10.5")},
		{"trixie", "Debian 13", "debian-13", packages("mariadb-server-core", "libapache2-mod-oauth2")},
		{"testing", "Debian testing", "debian-testing", packages("mariadb-server-core", "libapache2-mod-oauth2")},
	}
}

// packages are those of every suite, and some more.
func packages(more ...string) []string {
	return append([]string{"apache2-bin", "libapache2-mod-auth-openidc", "libapache2-mod-wsgi-py3", "python3-keystone", "python3-pymysql",
		"python3-memcache", "openstack-dashboard"}, more...)
}

// ByName finds a suite; false where there is none of that name.
func ByName(name string) (Suite, bool) {
	all := Suites()
	i := slices.IndexFunc(all, func(s Suite) bool { return s.Name == name })
	if i < 0 {
		return Suite{}, false
	}
	return all[i], true
}

// Names lists the suites.
func Names() []string {
	var names []string
	for _, s := range Suites() {
		names = append(names, s.Name)
	}
	return names
}

// Folder is a name for the suite's folder. It changes with what is installed there, and with the users' numbers.
func (s Suite) Folder(users []User) string {
	sum := sha256.Sum256(fmt.Append(nil, s.Packages, users))
	return "debian-" + s.Name + "-" + hex.EncodeToString(sum[:])[:12]
}
