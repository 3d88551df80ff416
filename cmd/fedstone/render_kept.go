package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/kept"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// memory is what one run of render keeps for a later --check, and what it finds kept.
type memory struct {
	store kept.Store
	name  string // of what decides beside the sources: where, and with which flags
	began time.Time

	mu        sync.Mutex
	doubtful  bool // something came in that cannot be looked at again, or is to be said again
	files     map[string]bool
	variables map[string]bool
}

// openMemory gives none where the run cannot be remembered.
func openMemory(c *cli.Context) *memory {
	store, err := kept.Open()
	here, failed := os.Getwd()
	m := &memory{store: store, began: time.Now(), files: map[string]bool{}, variables: map[string]bool{}}
	m.doubtful = err != nil || failed != nil || c.Bool("no-cache") || c.String("file") == spec.Stdin
	m.name = memoryName(here, c.String("file"), c.String("output"), c.String("controller"), c.String("prefix"), c.String("ca-file"))
	m.file(c.String("file"))
	return m
}

// memoryName is what a run is remembered by.
func memoryName(here, file, output, controller, prefix, caFile string) string {
	return fmt.Sprintf("%q", []string{here, file, output, controller, prefix, caFile})
}

// asDescribed gives what --check says, without rendering: where it was said before,
// and neither the sources nor the trees have changed since.
func (m *memory) asDescribed() ([]outcome, bool) {
	if m.doubtful {
		return nil, false
	}
	run, ok := m.store.Load(m.name)
	if !ok {
		return nil, false
	}
	for _, t := range run.Trees {
		if !templates.Holds(t, run.Salt) {
			return nil, false
		}
	}
	var said []outcome
	return said, json.Unmarshal(run.Said, &said) == nil
}

// found takes findings: they are said at each run, and so is what was read not kept.
func (m *memory) found(list finding.List) {
	m.doubtful = m.doubtful || len(list) > 0
}

// description notes what a description names. Of what is asked for over the network,
// or depends on a file that somebody else keeps, nothing can be said beforehand.
func (m *memory) description(c *cli.Context, fed *spec.Federation) {
	m.doubtful = m.doubtful || fed.HTTPD.Layout.Value != "whole"
	if name := caFile(c, fed); name != "" {
		m.file(name)
	}
	for _, name := range namedFiles(fed) {
		if name.Given() {
			m.file(besideDescription(fed, name.Value))
		}
	}
	for _, idp := range fed.OpenID().IdentityProviders {
		m.doubtful = m.doubtful || !idp.Metadata.Given()
	}
	for _, idp := range fed.SAML().IdentityProviders {
		m.doubtful = m.doubtful || ofNetwork(idp.SAML.Metadata)
	}
}

// secrets notes where each secret comes from, whichever render asks for.
func (m *memory) secrets(from spec.Resolver) func(spec.Secret) (secret.Value, error) {
	return func(s spec.Secret) (secret.Value, error) {
		m.secret(from, s)
		return from.Resolve(s)
	}
}

func (m *memory) secret(from spec.Resolver, s spec.Secret) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case s.File.Given():
		m.file(from.Path(s.File.Value))
	case s.Env.Given():
		m.variables[s.Env.Value] = true
	default:
		m.doubtful = true // a command may say something else each time
	}
}

func (m *memory) file(path string) {
	abs, err := filepath.Abs(path)
	m.doubtful = m.doubtful || err != nil
	m.files[abs] = true
}

// keep remembers a run whose trees are as described now. That it cannot is no fault:
// the next --check takes longer.
func (m *memory) keep(trees []tree, results []outcome) {
	if m.doubtful || slices.ContainsFunc(results, outcome.unsettled) {
		return
	}
	if run, err := m.run(trees, results); err == nil {
		_ = m.store.Save(m.name, run)
	}
}

func (m *memory) run(trees []tree, results []outcome) (*kept.Run, error) {
	run := &kept.Run{Salt: kept.NewSalt()}
	var err error
	run.Sources, err = kept.Remember(slices.Sorted(maps.Keys(m.files)), slices.Sorted(maps.Keys(m.variables)), run.Salt, m.began)
	if err != nil {
		return nil, err
	}
	for _, t := range trees {
		dir, err := filepath.Abs(t.dir)
		if err != nil {
			return nil, err
		}
		run.Trees = append(run.Trees, t.bundle.Kept(dir, run.Salt))
	}
	said := make([]outcome, 0, len(results))
	for _, o := range results {
		said = append(said, outcome{Controller: o.Controller, Dir: o.Dir, HostPrefix: o.HostPrefix, HorizonHostPrefix: o.HorizonHostPrefix})
	}
	run.Said, err = json.Marshal(said)
	return run, err
}

// unsettled reports whether --check would have something to say of a tree that was
// written or compared.
func (o outcome) unsettled() bool {
	return len(o.Stale)+len(o.ByHand)+len(o.Drift) > 0 || o.Diff != "" || o.strange
}

// loadRemembered loads the description and notes what it names.
func loadRemembered(c *cli.Context, m *memory) (*spec.Federation, error) {
	fed, list, err := readFederation(c)
	if err == nil {
		m.found(list)
		m.description(c, fed)
	}
	return fed, err
}
