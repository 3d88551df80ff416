package subject

import (
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"

	"github.com/fedstone/fedstone/internal/finding"
)

// Site is one machine, as far as its files are given.
type Site struct {
	Name         string // the path that it was read from
	Trees        []*Tree
	Folders      []*Folder
	Mappings     []*Mapping
	Keystone     *Keystone  // nil: no keystone.conf is at hand
	Dashboard    *Dashboard // nil: no settings of Horizon are at hand
	Clients      []*Clients
	Descriptions []*Description
	Registered   []*Registered // clients, as identity providers know them
	Cloud        *Cloud        // nil: no live Keystone is asked

	Platform platform.Platform // zero: unknown
	Release  string            // Keystone's; "" unknown

	Found finding.List // what reading the files found, besides those of Trees
	Files []string     // every file that was read, as the user knows it

	sources map[string][]byte
}

// Mapping is a file of mapping rules. Name is the file's, without folder and
// .json; IdP is the identity provider that it belongs to, where its place or a
// description says so, else "".
type Mapping struct {
	Path string
	Name string
	Doc  *engine.Document
}

// Description is a federation.yaml.
type Description struct {
	Path string
	Spec *spec.Federation
}

// Doors gives the doors of all trees.
func (s *Site) Doors() []*Door {
	if len(s.Trees) == 1 {
		return s.Trees[0].Doors()
	}
	var out []*Door
	for _, t := range s.Trees {
		out = append(out, t.Doors()...)
	}
	return out
}

// Vhosts gives the virtual hosts of all trees, and their main servers.
func (s *Site) Vhosts() []*Vhost {
	if len(s.Trees) == 1 {
		return s.Trees[0].Vhosts
	}
	var out []*Vhost
	for _, t := range s.Trees {
		out = append(out, t.Vhosts...)
	}
	return out
}
