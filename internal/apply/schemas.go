package apply

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// schemas says whether a Keystone keeps the schema version of a mapping: since
// 2024.1 every mapping that it shows has one (keystone/federation/backends/sql.py);
// before, it takes the key and drops it.
type schemas int

const (
	schemasUnknown schemas = iota // it has no mapping yet that would show it
	schemasDropped
	schemasKept
)

// withoutVersion is how every release reads a mapping without a schema version.
const withoutVersion = "1.0"

// learnSchemas looks at the mappings that are there, and holds the release of the
// description against them.
func (p *planner) learnSchemas(ctx context.Context, fed *spec.Federation) error {
	list, err := p.read.Mappings(ctx)
	if err != nil || len(list) == 0 {
		return wrapped("mappings", err)
	}
	p.schemas = schemasDropped
	if list[0].SchemaVersion != "" {
		p.schemas = schemasKept
	}
	release, known := platform.ReleaseByName(fed.KeystoneRelease())
	if !known {
		return nil
	}
	at := fed.Keystone.Release.At
	if !at.Start.Known() {
		at = fed.Platform.At
	}
	p.releaseDiffers(release, at)
	return nil
}

func (p *planner) releaseDiffers(release platform.Release, at finding.Range) {
	const hint = "write the release that runs: keystone: {release: …}"
	switch described := len(release.SchemaVersions) > 0; {
	case described && p.schemas == schemasDropped:
		p.find("release-differs", finding.Warning, at, hint,
			"this Keystone keeps no schema version of its mappings, so it is older than 2024.1, and %s is described: none is sent", release.Name)
	case !described && p.schemas == schemasKept:
		p.find("release-differs", finding.Warning, at, hint,
			"this Keystone keeps the schema version of its mappings, so it is 2024.1 or later, and %s is described: %s is sent", release.Name, withoutVersion)
	}
}

// fit gives the mapping the schema version that this Keystone will keep.
func (p *planner) fit(m *keystone.Mapping) {
	switch {
	case p.schemas == schemasDropped:
		m.SchemaVersion = ""
	case p.schemas == schemasKept && m.SchemaVersion == "":
		m.SchemaVersion = withoutVersion
	}
}

func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
