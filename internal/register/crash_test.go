package register_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// errCrash is the end of a process in the middle of its work.
var errCrash = errors.New("the process ended")

// memory is a provider that holds registrations, and at which a process can end just
// before or just after it has made one. It stands beside the real ones, which the
// lab asks: these cannot be stopped so exactly.
type memory struct {
	traits  register.Traits
	clients map[string]register.Registration
	made    int
	another string // secret that an update gives; "": the same
	crash   string // "before", "after" or "": never
}

func (m *memory) Traits() register.Traits                              { return m.traits }
func (m *memory) Fit(want register.Registration) register.Registration { return want }

func (m *memory) Read(_ context.Context, id string, way register.Handle) (register.Registration, register.Handle, error) {
	have, ok := m.clients[id]
	if !ok {
		return have, way, register.ErrNotFound
	}
	return have, way, nil
}

func (m *memory) Create(_ context.Context, want register.Registration) (register.Registration, register.Handle, error) {
	if m.crash == "before" {
		return want, register.Handle{}, errCrash
	}
	m.made++
	if m.traits.ChoosesID {
		want.ID = fmt.Sprintf("chosen-%d", m.made)
		want.Secret = secret.New(fmt.Sprintf("made-by-the-provider-%d", m.made))
	}
	m.clients[want.ID] = want
	if m.crash == "after" {
		return want, register.Handle{}, errCrash
	}
	return want, register.Handle{URI: "https://op.example.org/reg/" + want.ID, Token: secret.New("t")}, nil
}

func (m *memory) Update(_ context.Context, want register.Registration, way register.Handle) (register.Registration, register.Handle, error) {
	if m.crash == "before" {
		return want, way, errCrash
	}
	if m.traits.ChoosesSecret {
		want.Secret = secret.New(cmp.Or(m.another, m.clients[want.ID].Secret.Reveal()))
	}
	m.clients[want.ID] = want
	if m.crash == "after" {
		return want, way, errCrash
	}
	return want, way, nil
}

func (m *memory) Delete(_ context.Context, id string, _ register.Handle) error {
	delete(m.clients, id)
	return nil
}

// site is a description with one client, and what is kept of it.
type site struct {
	dir    string
	id     string // as the description has it
	reg    *memory
	looks  bool  // --plan: nothing is carried out
	rename error // what writing the id into the description comes to
}

func newSite(t *testing.T, traits register.Traits) *site {
	t.Helper()
	return &site{dir: t.TempDir(), id: "cli", reg: &memory{traits: traits, clients: map[string]register.Registration{}}}
}

// run is one call of register. It gives what was planned.
func (s *site) run(t *testing.T, opts register.Options) (register.Changes, int, error) {
	t.Helper()
	store, err := register.OpenStore(filepath.Join(s.dir, "kept.json"), "https://op.example.org")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	work := register.Work{Provider: "corp", Owner: "production", Registrar: s.reg, Store: store, Secrets: spec.Resolver{Dir: s.dir},
		Rename: func(from, to string) error {
			if s.rename == nil && from == s.id {
				s.id = to
			}
			return s.rename
		}}
	want := register.Want{Source: spec.Secret{File: spec.Text{Value: "secret"}}, Registration: register.Registration{
		ID: s.id, Name: "CLI", Description: "made by fedstone for production", Kind: register.CommandLine, AuthMethod: register.Basic, Grants: []string{register.ClientCredentials}}}
	changes, list, err := work.Plan(t.Context(), []register.Want{want}, opts)
	if err != nil || s.looks {
		return changes, len(list), err
	}
	return changes, len(list), register.Execute(t.Context(), changes, func(apply.Change) {})
}

func (s *site) secret(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, "secret"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// settled wants the provider and the file to agree, and nothing more to do.
func (s *site) settled(t *testing.T) {
	t.Helper()
	changes, _, err := s.run(t, register.Options{})
	if err != nil || len(changes.Report().Pending()) > 0 {
		t.Fatalf("it is not settled: %v, %v", changes.Report(), err)
	}
	if have := s.reg.clients[s.id].Secret.Reveal() + "\n"; have != s.secret(t) {
		t.Error("the provider has another secret than the file")
	}
}

// TestCrash ends the process around each request, with the first registration and
// with a rotation; the next run carries on, and no secret is lost.
func TestCrash(t *testing.T) {
	for _, crash := range []string{"before", "after"} {
		t.Run("registered, "+crash, func(t *testing.T) {
			s := newSite(t, register.Traits{Marks: true})
			s.reg.crash = crash
			if _, _, err := s.run(t, register.Options{}); !errors.Is(err, errCrash) {
				t.Fatal(err)
			}
			s.reg.crash = ""
			if _, _, err := s.run(t, register.Options{}); err != nil {
				t.Fatal(err)
			}
			s.settled(t)
		})
		t.Run("rotated, "+crash, func(t *testing.T) {
			s := newSite(t, register.Traits{Marks: true})
			if _, _, err := s.run(t, register.Options{}); err != nil {
				t.Fatal(err)
			}
			before := s.secret(t)
			s.reg.crash = crash
			if _, _, err := s.run(t, register.Options{Rotate: []string{"cli"}}); !errors.Is(err, errCrash) {
				t.Fatal(err)
			}
			if s.secret(t) != before {
				t.Error("the secret that is in use has left its file before the provider had the next")
			}
			s.reg.crash = ""
			if _, _, err := s.run(t, register.Options{}); err != nil {
				t.Fatal(err)
			}
			s.settled(t)
			if s.secret(t) == before {
				t.Error("the rotation was forgotten")
			}
		})
	}
}

// TestCrashWhereTheProviderChooses: of an answer that was not kept the next run tells;
// one that was kept it brings to its place, without another client.
func TestCrashWhereTheProviderChooses(t *testing.T) {
	traits := register.Traits{ChoosesID: true, ChoosesSecret: true}
	t.Run("the answer is lost", func(t *testing.T) {
		s := newSite(t, traits)
		s.reg.crash = "after"
		if _, _, err := s.run(t, register.Options{}); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		s.reg.crash = ""
		if _, told, err := s.run(t, register.Options{}); err != nil || told != 1 {
			t.Fatalf("%d findings, %v", told, err)
		}
		s.settled(t)
	})
	t.Run("the description cannot be written", func(t *testing.T) {
		s := newSite(t, traits)
		s.rename = errCrash
		if _, _, err := s.run(t, register.Options{}); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		s.rename = nil
		if _, _, err := s.run(t, register.Options{}); err != nil {
			t.Fatal(err)
		}
		s.settled(t)
		if s.reg.made != 1 || s.id != "chosen-1" {
			t.Errorf("%d clients were made, and the description has %s", s.reg.made, s.id)
		}
	})
	t.Run("a rotation ends before the description is written", func(t *testing.T) {
		s := newSite(t, traits)
		if _, _, err := s.run(t, register.Options{}); err != nil {
			t.Fatal(err)
		}
		s.rename = errCrash
		if _, _, err := s.run(t, register.Options{Rotate: []string{s.id}}); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		s.rename = nil
		if _, _, err := s.run(t, register.Options{}); err != nil {
			t.Fatal(err)
		}
		s.settled(t)
		if len(s.reg.clients) != 1 || s.id != "chosen-2" {
			t.Errorf("the provider has %d clients, and the description %s", len(s.reg.clients), s.id)
		}
	})
	t.Run("a secret file is lost", func(t *testing.T) {
		s := newSite(t, traits)
		if _, _, err := s.run(t, register.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(s.dir, "secret")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.run(t, register.Options{}); err != nil {
			t.Fatal(err)
		}
		s.settled(t)
	})
}

// TestRotateWhereTheProviderChooses: another registration takes the place of the one.
func TestRotateWhereTheProviderChooses(t *testing.T) {
	s := newSite(t, register.Traits{ChoosesID: true, ChoosesSecret: true})
	for _, opts := range []register.Options{{}, {Rotate: []string{"chosen-1"}}} {
		if _, _, err := s.run(t, opts); err != nil {
			t.Fatal(err)
		}
	}
	s.settled(t)
	if _, old := s.reg.clients["chosen-1"]; old || s.id != "chosen-2" {
		t.Errorf("the old client is there: %v; the description has %s", old, s.id)
	}
}

// TestSecretOfAnUpdate: a provider may give another secret with each update (RFC 7592
// section 2.2), which belongs into the file at once.
func TestSecretOfAnUpdate(t *testing.T) {
	s := newSite(t, register.Traits{ChoosesID: true, ChoosesSecret: true})
	if _, _, err := s.run(t, register.Options{}); err != nil {
		t.Fatal(err)
	}
	drifted := s.reg.clients[s.id]
	drifted.Name = "by hand"
	s.reg.clients[s.id], s.reg.another = drifted, "given-with-the-update"
	if _, _, err := s.run(t, register.Options{}); err != nil {
		t.Fatal(err)
	}
	s.settled(t)
}

// TestPlanTakesNothingOver: to look at what taking a client over would change makes it
// nobody's: the next run refuses it as before, until --adopt does it.
func TestPlanTakesNothingOver(t *testing.T) {
	s := newSite(t, register.Traits{})
	if _, _, err := s.run(t, register.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(s.dir, "kept.json")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		opts        register.Options
		plan        bool
		told, wants int
	}{{register.Options{Adopt: true}, true, 0, 1}, {register.Options{}, true, 1, 0}, {register.Options{Adopt: true}, false, 0, 1}, {register.Options{}, true, 0, 1}} {
		s.looks = c.plan
		changes, told, err := s.run(t, c.opts)
		if err != nil || told != c.told || len(changes) != c.wants {
			t.Errorf("%+v: %d findings, %d clients, %v", c, told, len(changes), err)
		}
	}
}

// TestSecretBehindALink: a secret that lies elsewhere is replaced there.
func TestSecretBehindALink(t *testing.T) {
	for name, traits := range map[string]register.Traits{"ours": {Marks: true}, "the provider's": {ChoosesID: true, ChoosesSecret: true}} {
		t.Run(name, func(t *testing.T) {
			s, target := newSite(t, traits), filepath.Join(t.TempDir(), "target")
			if err := errors.Join(os.WriteFile(target, []byte("old\n"), 0o600), os.Symlink(target, filepath.Join(s.dir, "secret"))); err != nil {
				t.Fatal(err)
			}
			for _, opts := range []register.Options{{}, {Rotate: []string{s.id, "chosen-1"}}} {
				if _, _, err := s.run(t, opts); err != nil {
					t.Fatal(err)
				}
			}
			s.settled(t)
			if text, err := os.ReadFile(target); err != nil || string(text) != s.secret(t) {
				t.Errorf("the link leads to %q no more: %v", text, err)
			}
		})
	}
}
