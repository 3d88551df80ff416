package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
)

// Options choose whose behaviour is asked for.
type Options struct {
	Release string         // wallaby, zed, 2024.1 …; "" is the newest that is known
	Schema  string         // 1.0, 2.0 or 3.0; "" is what the document says, or 1.0
	Python  python.Version // that Keystone runs on; zero is python.Default
	Limit   time.Duration  // for one regular expression on one value; zero is one second
}

// On gives the behaviour of a platform's own Keystone; of the zero Platform, the
// defaults. A Python newer than those of python.Versions behaves as the newest.
func On(p platform.Platform) Options {
	version, _ := python.ParseVersion(p.Python) // the platforms' own are under test
	return Options{Release: p.Release, Python: version}
}

// rules are the differences between releases and schemas, by what they change.
type rules struct {
	release platform.Release
	schema  string
	python  python.Version
	limit   time.Duration
}

// settle fills what the options leave open. The error says which value is
// unknown and which are known.
func (o Options) settle(doc *Document) (rules, error) {
	r := rules{python: o.Python, limit: o.Limit, schema: o.Schema}
	if r.python == (python.Version{}) {
		r.python = python.Default()
	}
	if r.limit == 0 {
		r.limit = time.Second
	}
	var err error
	if r.release, err = release(o.Release); err != nil {
		return rules{}, err
	}
	r.schema, err = schema(o.Schema, doc, r.release)
	return r, err
}

func release(name string) (platform.Release, error) {
	all := platform.Releases()
	if name == "" {
		return all[len(all)-1], nil
	}
	r, ok := platform.ReleaseByName(name)
	if !ok {
		return r, fmt.Errorf("unknown release %q, expected %s to %s", name, all[0].Name, all[len(all)-1].Name)
	}
	return r, nil
}

// schema gives the version whose processor evaluates. Releases without versions
// evaluate everything as what was later called 1.0.
func schema(asked string, doc *Document, r platform.Release) (string, error) {
	version := asked
	if version == "" && len(r.SchemaVersions) > 0 {
		version = doc.SchemaVersion
	}
	if version == "" || version == "1.0" {
		return "1.0", nil
	}
	if !slices.Contains(r.SchemaVersions, version) {
		return "", fmt.Errorf("no mapping schema %q in Keystone %s, expected %v", version, r.Name, known(r))
	}
	return version, nil
}

func known(r platform.Release) []string {
	if r.SchemaVersions == nil {
		return []string{"1.0"}
	}
	return r.SchemaVersions
}

// honoursDomain: the domain beside user and projects is their default.
func (r rules) honoursDomain() bool { return r.schema != "1.0" }

// takesProjectsJSON: a claim may bring projects as JSON.
func (r rules) takesProjectsJSON() bool { return r.schema == "3.0" }

// listsOnly: a literal that is no list is the name of one group. It came as a
// fix to 22.0.1, 23.0.1 and 24.0.0; releases before take any literal apart.
func (r rules) listsOnly() bool { return r.release.Number >= 22 }

// repeatsForIDs: until 2023.2 a group by id gives all groups by name again.
func (r rules) repeatsForIDs() bool { return r.release.Number <= 24 }

// triesAllPatterns: until 2024.2 every expression of a condition is searched,
// even behind one that has matched.
func (r rules) triesAllPatterns() bool { return r.release.Number <= 26 }
