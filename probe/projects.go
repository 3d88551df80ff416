package probe

import (
	"context"
	"fmt"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
)

// projects lists where the user may work, and picks one: the one that the
// description names, else the first enabled one.
func projects(ctx context.Context, v *visit) outcome {
	list, a, err := v.session.Projects(ctx)
	switch {
	case err != nil && a.Status == 0:
		return v.unreachable(v.url, err)
	case err != nil:
		return failed(a, err.Error(), "")
	case a.Status != http.StatusOK:
		return v.explain(ctx, "projects", a)
	}
	for _, p := range list {
		v.found.Projects = append(v.found.Projects, v.clean(p.Name))
	}
	return v.pick(list, a)
}

func (v *visit) pick(list []keystone.Named, a keystone.Answer) outcome {
	wanted := ""
	if v.idp.Probe != nil {
		wanted = v.idp.Probe.Project.Value
	}
	for _, p := range list {
		if p.Enabled && (wanted == "" || wanted == p.Name || wanted == p.ID) {
			v.project, v.facts[haveProject] = p, true
			return passed(a, fmt.Sprintf("%d listed", len(list)))
		}
	}
	if wanted != "" && len(list) > 0 {
		return failed(a, fmt.Sprintf("the user has no role on project %q; there are %q", wanted, v.found.Projects), "correct `probe: {project: …}`, or give the user's group a role there")
	}
	return failed(a, "logged in, but the user has no role on any enabled project",
		fmt.Sprintf("give a group of the user's a role: `groups:` of identity_providers.%s, then `fedstone apply`; a group that a rule names and Keystone lacks is passed over without a word", v.found.ID))
}
