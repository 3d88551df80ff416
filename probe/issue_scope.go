package probe

import (
	"context"
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Scope is what a token is to count for: a project or a domain by name or id, or
// nothing. The zero Scope is the project that the description names, else the
// only one that the user has, else nothing.
type Scope struct {
	Project  string
	Domain   string
	Unscoped bool
}

// scope trades the unscoped token for one of the scope.
func (v *visit) scope(ctx context.Context, want Scope, out *Brought) error {
	project := want.Project
	if want == (Scope{}) {
		project = v.idp.Probe.Project.Value
	}
	switch {
	case want.Unscoped:
		return nil
	case want.Domain != "":
		return v.trade(ctx, "domain", want.Domain, out)
	case project != "":
		return v.trade(ctx, "project", project, out)
	}
	return v.onlyProject(ctx, out)
}

// onlyProject scopes to the one project that there is; more than one is told.
func (v *visit) onlyProject(ctx context.Context, out *Brought) error {
	var found []keystone.Named
	list := step{name: "projects", run: func(ctx context.Context, v *visit) outcome {
		all, o := v.places(ctx, "project")
		found = enabled(all)
		return o
	}}
	if err := v.must(ctx, list); err != nil {
		return err
	}
	if len(found) == 1 {
		return v.into(ctx, "project", found[0], out)
	}
	text := "the user has no role on any enabled project: the token is unscoped"
	if len(found) > 1 {
		text = "the token is unscoped; choose with --project: " + strings.Join(namesOf(found), ", ")
	}
	out.Notes = append(out.Notes, v.clean(text))
	return nil
}

// trade scopes to the project or domain of a name or id. What looks like an id is
// not looked up: a script that names one wants no further question.
func (v *visit) trade(ctx context.Context, kind, want string, out *Brought) error {
	if likeID(want) && v.into(ctx, kind, keystone.Named{ID: want}, out) == nil {
		return nil
	}
	var place keystone.Named
	find := step{name: kind + "s", run: func(ctx context.Context, v *visit) outcome {
		all, o := v.places(ctx, kind)
		if o.verdict != Pass {
			return o
		}
		place, o = choose(enabled(all), kind, want, o)
		return o
	}}
	if err := v.must(ctx, find); err != nil {
		return err
	}
	return v.into(ctx, kind, place, out)
}

// places lists the projects or domains that the token can be scoped to.
func (v *visit) places(ctx context.Context, kind string) ([]keystone.Named, outcome) {
	ask := v.session.Projects
	if kind == "domain" {
		ask = v.session.Domains
	}
	list, a, err := ask(ctx)
	switch {
	case err != nil && a.Status == 0:
		return nil, v.unreachable(v.url, err)
	case err != nil:
		return nil, failed(a, err.Error(), "")
	case a.Status != http.StatusOK:
		return nil, v.explain(ctx, "projects", a)
	}
	return list, passed(a)
}

// into trades the unscoped token for one of the place.
func (v *visit) into(ctx context.Context, kind string, place keystone.Named, out *Brought) error {
	return v.must(ctx, step{name: "rescope", run: func(ctx context.Context, v *visit) outcome {
		own, cancel := finishing(ctx)
		defer cancel()
		ask := v.session.Rescope
		if kind == "domain" {
			ask = v.session.RescopeToDomain
		}
		a, err := ask(own, place.ID)
		switch {
		case err != nil:
			return v.unreachable(v.url, err)
		case a.Status != http.StatusCreated:
			return v.explain(ctx, "rescope", a)
		}
		session, err := v.keep(a)
		if err == nil {
			out.Scoped, err = issuedBy(a, session.Token)
		}
		if err != nil {
			return failed(a, err.Error(), "something between here and Keystone changes answers: look at the proxies")
		}
		return passed(a)
	}})
}
