package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
)

// rescope trades the unscoped token for one of the project.
func rescope(ctx context.Context, v *visit) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.session.Rescope(own, v.project.ID)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status != http.StatusCreated:
		return v.explain(ctx, "rescope", a)
	}
	if v.scoped, err = v.keep(a); err != nil {
		return failed(a, err.Error(), "something between here and Keystone changes answers: look at the proxies")
	}
	if cause := v.scopeFault(a); cause != "" {
		return failed(a, cause, "")
	}
	v.facts[haveScoped] = true
	return passed(a, "project "+v.project.Name)
}

func (v *visit) scopeFault(a keystone.Answer) string {
	var got tokenBody
	if err := json.Unmarshal(a.Body, &got); err != nil {
		return "the answer's body is not a token: " + err.Error()
	}
	switch {
	case got.Token.Project == nil || got.Token.Project.ID != v.project.ID:
		return fmt.Sprintf("the token is not scoped to project %s", v.project.Name)
	case len(got.Token.Roles) == 0:
		return "the token has no role"
	}
	return ""
}
