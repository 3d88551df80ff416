package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/spec"
)

// registration is one run of register: all is planned before anything is changed.
type registration struct {
	c       *cli.Context
	fed     *spec.Federation
	stores  []*register.Store
	changes register.Changes
	list    finding.List
	ids     map[string]bool // of the clients that the description wants
}

func (r *registration) close() {
	for _, s := range r.stores {
		s.Close()
	}
}

// writable refuses a description into which the ids that a provider chooses could not
// be written, before there is a client of that id.
func (r *registration) writable(idp *spec.IdentityProvider) error {
	if r.fed.Path == spec.Stdin && idp.Register.By.Value == spec.ByDynamic && !r.c.Bool("plan") {
		return usageError("identity provider %s chooses the ids of clients, which cannot be written into standard input: name the description's file with -f", idp.ID.Value)
	}
	return nil
}

// plan adds what differs at one identity provider.
func (r *registration) plan(idp *spec.IdentityProvider) error {
	if err := r.writable(idp); err != nil {
		return err
	}
	wants, err := register.Wanted(r.fed, idp, func(path string) string { return besideDescription(r.fed, path) })
	if err != nil {
		return cli.Exit(fmt.Sprintf("identity provider %s: %v", idp.ID.Value, err), exitUsage)
	}
	if r.ids == nil {
		r.ids = map[string]bool{}
	}
	for _, w := range wants {
		r.ids[w.ID] = true
	}
	work, err := r.work(idp)
	if err != nil {
		return err
	}
	opts := register.Options{Adopt: r.c.Bool("adopt"), Prune: r.c.Bool("prune"), Rotate: r.c.StringSlice("rotate")}
	changes, list, err := work.Plan(r.c.Context, wants, opts)
	r.changes, r.list = append(r.changes, changes...), append(r.list, list...)
	return err
}

// work opens what the registrations of one identity provider take.
func (r *registration) work(idp *spec.IdentityProvider) (register.Work, error) {
	store, err := register.OpenStore(besideDescription(r.fed, idp.Register.Kept.Value), idp.Issuer.Value)
	if err != nil {
		return register.Work{}, err
	}
	r.stores = append(r.stores, store)
	registrar, err := registrarOf(r.c, r.fed, idp)
	return register.Work{
		Provider: idp.ID.Value, At: idp.Register.At, Owner: r.fed.Keystone.Owner.Value, Registrar: registrar, Store: store, Secrets: registerSecrets(r.c, r.fed),
		Rename: func(from, to string) error { return renameClient(r.fed.Path, idp.ID.Value, from, to) },
	}, err
}

func registerSecrets(c *cli.Context, fed *spec.Federation) spec.Resolver {
	return spec.Resolver{Dir: besideDescription(fed, "."), AllowExec: c.Bool("allow-exec"), Context: c.Context}
}

// renameClient writes an id that a provider chose into the description.
func renameClient(path, idp, from, to string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err := spec.RenameClient(path, src, idp, from, to)
	if err != nil {
		return err
	}
	return replaceFile(path, text)
}

// finish tells what a person has to know, and then shows or makes the changes.
func (r *registration) finish() error {
	if err := rotated(r.c, r.ids); err != nil {
		return err
	}
	if err := reportAs(exitFindings, r.c, r.list, descriptionSource(r.fed)); err != nil {
		return err
	}
	err := r.settle()
	if r.c.String("format") == "json" {
		return errors.Join(err, apply.WriteJSON(r.c.App.Writer, apply.NewReport(r.changes.Report())))
	}
	return err
}

func (r *registration) settle() error {
	c, asJSON := r.c, r.c.String("format") == "json"
	if c.Bool("plan") {
		return r.showPlan(asJSON)
	}
	err := register.Execute(c.Context, r.changes, func(done apply.Change) {
		switch {
		case !asJSON:
			_ = paint(c).WriteChange(c.App.Writer, done) // a closed output must not end the work in the middle
		case showProgress(c):
			_, _ = fmt.Fprintln(c.App.ErrWriter, done)
		}
	})
	if err == nil {
		err = r.told()
	}
	if err == nil && !asJSON {
		return apply.WriteSummary(c.App.Writer, r.changes.Report())
	}
	return mended(err)
}

// told: what was said of interrupted runs need not be said again.
func (r *registration) told() error {
	var failed error
	for _, s := range r.stores {
		failed = errors.Join(failed, s.Told())
	}
	return failed
}

// showPlan prints the difference; status 1 says that there is one.
func (r *registration) showPlan(asJSON bool) error {
	all := r.changes.Report()
	if !asJSON {
		if err := paint(r.c).WriteText(r.c.App.Writer, all); err != nil {
			return err
		}
	}
	if len(all.Pending()) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}
