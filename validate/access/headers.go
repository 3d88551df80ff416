package access

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// passesHeaders reports whether mod_auth_openidc hands claims to applications as
// headers that arrive there: HTTP_OIDC_ISS and so on. Names with an underscore do not.
func passesHeaders(v *subject.Vhost) bool {
	prefix := v.Value("oidcclaimprefix")
	way := v.Value("oidcpassclaimsas")
	return prefix != "" && !strings.Contains(prefix, "_") && (way == "" || way == "both" || way == "headers")
}

// headerOf gives the name of the header behind a variable: OIDC-iss of HTTP_OIDC_ISS.
// Case does not count.
func headerOf(variable string) string {
	name := strings.ReplaceAll(strings.TrimPrefix(variable, "HTTP_"), "_", "-")
	if claim, ok := strings.CutPrefix(name, "OIDC-"); ok {
		return "OIDC-" + strings.ToLower(claim)
	}
	return name
}

// unsets gives the commands of a server that take a header out of every request, or
// put another value in its place: its own and the main server's.
func unsets(v *subject.Vhost, header string) []*httpdconf.Command {
	all := v.Own("requestheader")
	if v.Main != nil {
		all = slices.Concat(all, v.Main.Own("requestheader"))
	}
	var out []*httpdconf.Command
	for _, c := range all {
		if takesAway(c, header) {
			out = append(out, c)
		}
	}
	return out
}

func takesAway(c *httpdconf.Command, header string) bool {
	action := strings.ToLower(subject.Arg(c, 0))
	return (action == "unset" || action == "set") && strings.EqualFold(subject.Arg(c, 1), header)
}

// ofClaims reports whether a RequestHeader takes one of mod_auth_openidc's claims out
// of requests.
func ofClaims(c *httpdconf.Command, prefix string) bool {
	return strings.EqualFold(subject.Arg(c, 0), "unset") && prefix != "" &&
		strings.HasPrefix(strings.ToLower(subject.Arg(c, 1)), strings.ToLower(prefix))
}
