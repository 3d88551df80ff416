package platform

import "slices"

// Release is what a Keystone release knows. The zero Release is none.
type Release struct {
	Name           string   // wallaby, 2024.1
	Number         int      // the program's major version (releases.openstack.org)
	SchemaVersions []string // mapping schema versions it knows; nil where mappings have none
	RemoteIDMax    int      // the longest remote id it takes, in characters
}

// The lengths of a remote id: the column idp_remote_ids.remote_id, and since
// 2026.1 the request schema (keystone/federation/schema.py).
const (
	remoteIDColumn  = 255
	remoteIDRequest = 64
)

// Releases lists the releases, oldest first.
func Releases() []Release {
	names := []string{"victoria", "wallaby", "xena", "yoga", "zed", "2023.1", "2023.2", "2024.1", "2024.2", "2025.1", "2025.2", "2026.1", "2026.2"}
	const first = 18 // victoria
	var out []Release
	for i, name := range names {
		n := first + i
		out = append(out, Release{Name: name, Number: n, SchemaVersions: schemaVersions(n), RemoteIDMax: remoteIDMax(n)})
	}
	return out
}

// ReleaseByName finds a release; false when there is none of that name.
func ReleaseByName(name string) (Release, bool) {
	all := Releases()
	i := slices.IndexFunc(all, func(r Release) bool { return r.Name == name })
	if i < 0 {
		return Release{}, false
	}
	return all[i], true
}

// schemaVersions: 2024.1 brought 1.0 and 2.0, 2026.1 brought 3.0 (release notes
// of keystone; before, an unknown key schema_version is taken and passed over).
func schemaVersions(number int) []string {
	switch {
	case number >= 29:
		return []string{"1.0", "2.0", "3.0"}
	case number >= 25:
		return []string{"1.0", "2.0"}
	default:
		return nil
	}
}

func remoteIDMax(number int) int {
	if number >= 29 {
		return remoteIDRequest
	}
	return remoteIDColumn
}
