package platform

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Versions lists the versions of mod_auth_openidc that have a table, oldest
// first.
func Versions() []string {
	var out []string
	for _, t := range tables() {
		out = append(out, t.Version)
	}
	return out
}

// TableFor gives the table of a version of mod_auth_openidc: its own, or that of
// the nearest tabled version that is not newer. False, and the oldest table, when
// the version is older than all of them or not a version.
func TableFor(version string) (Table, bool) {
	all := tables()
	for _, t := range slices.Backward(all) {
		if isVersion(version) && CompareVersions(t.Version, version) <= 0 {
			return t, true
		}
	}
	return all[0], false
}

// CompareVersions orders two dotted versions by their numbers: negative if a is
// older. A missing part counts as 0, so that 2.4.20 and 2.4.20.0 are equal; a
// part that is no number counts by the digits it begins with.
func CompareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		if c := cmp.Compare(part(as, i), part(bs, i)); c != 0 {
			return c
		}
	}
	return 0
}

func part(parts []string, i int) int {
	if i >= len(parts) {
		return 0
	}
	digits := parts[i]
	if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
		digits = digits[:end]
	}
	n, _ := strconv.Atoi(digits) // no digits count as 0
	return n
}

func isVersion(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
