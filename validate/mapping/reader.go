package mapping

import (
	"slices"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// reader reads each mapping once for all rules of the topic. It may be used by
// several goroutines.
type reader struct {
	mu    sync.Mutex
	known map[*subject.Mapping]*document
}

func newReader() *reader { return &reader{known: map[*subject.Mapping]*document{}} }

// document is a mapping as the rules judge it.
type document struct {
	*subject.Mapping
	release  platform.Release // zero: unknown
	schema   string           // 1.0, 2.0, 3.0; "" where the mapping states one that is none
	refusals finding.List     // what Keystone does not store
	rules    []*oneRule       // those that Keystone stores
}

// eachDocument makes a rule's check of one that looks at a mapping.
func (r *reader) eachDocument(check func(p *rule.Pass, d *document)) func(*rule.Pass) {
	return func(p *rule.Pass) {
		for _, m := range p.Mappings {
			check(p, r.document(p, m))
		}
	}
}

// eachRule makes a rule's check of one that looks at a single rule of a mapping.
func (r *reader) eachRule(check func(p *rule.Pass, x *oneRule)) func(*rule.Pass) {
	return r.eachDocument(func(p *rule.Pass, d *document) {
		for _, x := range d.rules {
			check(p, x)
		}
	})
}

func (r *reader) document(p *rule.Pass, m *subject.Mapping) *document {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d := r.known[m]; d != nil {
		return d
	}
	d := &document{Mapping: m}
	d.release, _ = platform.ReleaseByName(p.Release)
	d.schema = d.settled(p)
	d.refusals = d.check(p)
	for i, n := range m.Doc.Rules {
		if !d.refuses(n) {
			d.rules = append(d.rules, read(d, i+1, n))
		}
	}
	r.known[m] = d
	return d
}

// settled gives the schema version by which Keystone reads the mapping.
func (d *document) settled(p *rule.Pass) string {
	knows := func(r platform.Release) bool { return slices.Contains(r.SchemaVersions, d.Doc.SchemaVersion) }
	switch {
	case d.release.Number > 0 && d.release.SchemaVersions == nil:
		return "1.0"
	case d.Doc.SchemaVersion != "" && slices.ContainsFunc(platform.Releases(), knows):
		return d.Doc.SchemaVersion
	case d.Doc.Root.Get("schema_version") != nil:
		return ""
	}
	return defaultSchema(p)
}

// defaultSchema is what a mapping has that states none, since 2024.1 by
// keystone.conf (keystone/conf/federation.py).
func defaultSchema(p *rule.Pass) string {
	if p.Keystone != nil {
		if v, ok := p.Keystone.Conf.Get("federation", "attribute_mapping_default_schema_version"); ok && v.Text != "" {
			return v.Text
		}
	}
	return "1.0"
}

// refuses reports whether something within a node is refused by every release
// that may be meant.
func (d *document) refuses(n *engine.Node) bool {
	return slices.ContainsFunc(d.refusals, func(f finding.Finding) bool {
		return f.Severity == finding.Error && f.At.Start.Byte >= n.At.Start.Byte && f.At.End.Byte <= n.At.End.Byte
	})
}
