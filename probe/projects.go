package probe

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
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
	v.heard.listed = append([]keystone.Named{}, list...)
	for _, p := range list {
		v.found.Projects = append(v.found.Projects, v.clean(p.Name))
	}
	return v.pick(ctx, list, a)
}

func (v *visit) pick(ctx context.Context, list []keystone.Named, a keystone.Answer) outcome {
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
	if e := v.expected(); len(list) == 0 && e != nil && e.Projects != nil && len(e.Projects) == 0 {
		v.facts[haveProject] = true
		return passed(a, "none listed, as expected")
	}
	return v.faulty(ctx, "projects", a, []wrong{v.without(wanted, len(list))})
}

// without says why there is no project to scope to.
func (v *visit) without(wanted string, listed int) wrong {
	t, _ := parseToken(v.answer.Body)
	groups, ok := t.names(groupsPath)
	switch {
	case wanted != "" && listed > 0:
		return odd(symptom.ProjectMissing, "projects", strings.Join(v.found.Projects, ", "), wanted)
	case ok && len(groups) == 0:
		return odd(symptom.GroupsEmpty, groupsPath, "[]", "a group")
	}
	return odd(symptom.NoProject, "projects", "[]", "an enabled project")
}
