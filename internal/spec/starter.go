package spec

import (
	_ "embed"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/fedstone/fedstone/internal/pattern"
)

// Announced is what a starter file is made of: an issuer and the lists of its
// discovery document (OpenID Connect Discovery 1.0 section 3). Nil lists are
// ones that the document does not have.
type Announced struct {
	Issuer string
	Scopes []string // scopes_supported
	Claims []string // claims_supported
	Grants []string // grant_types_supported
}

//go:embed starter.yaml.tmpl
var starterText string

// Starter gives a commented federation.yaml for the issuers, in their order. It
// loads without error findings; keystone.url and the names in it are examples to
// replace. The error says which issuer cannot be written.
func Starter(issuers ...Announced) ([]byte, error) {
	var entries []starterEntry
	taken := map[string]bool{}
	for _, a := range issuers {
		if problem, _ := urlProblem(a.Issuer, anyPath); problem != "" {
			return nil, fmt.Errorf("issuer %s %s", show(a.Issuer), problem)
		}
		id := freeID(issuerID(a.Issuer), taken)
		taken[id] = true
		entries = append(entries, starterEntry{Announced: a, ID: id})
	}
	t := template.Must(template.New("starter").Parse(starterText)) // embedded, and every test runs it
	var out strings.Builder
	err := t.Execute(&out, entries)
	return []byte(out.String()), err
}

// starterEntry is one identity provider as the template sees it.
type starterEntry struct {
	Announced
	ID string
}

// Variable is the environment variable for a secret of this provider.
func (e starterEntry) Variable(what string) string {
	name := strings.ToUpper(regexp.MustCompile(`[^A-Za-z0-9]`).ReplaceAllString(e.ID, "_"))
	if name[0] >= '0' && name[0] <= '9' {
		name = "IDP_" + name
	}
	return name + "_" + what
}

// Has reports whether the issuer announces a claim.
func (e starterEntry) Has(claim string) bool { return slices.Contains(e.Claims, claim) }

// Name is the claim that makes a user's name: one that people know, if announced
// (or if nothing is announced); sub otherwise, which every issuer has.
func (e starterEntry) Name() string {
	for _, claim := range []string{"preferred_username", "email"} {
		if e.Has(claim) || len(e.Claims) == 0 {
			return claim
		}
	}
	return "sub"
}

// WantedScopes are the usual scopes that the issuer has, openid always.
func (e starterEntry) WantedScopes() string {
	out := []string{"openid"}
	for _, scope := range []string{"profile", "email", "groups"} {
		if slices.Contains(e.Scopes, scope) || len(e.Scopes) == 0 && scope != "groups" {
			out = append(out, scope)
		}
	}
	return strings.Join(out, ", ")
}

// Grant is the grant that the probe is shown with.
func (e starterEntry) Grant(name string) bool {
	return len(e.Grants) == 0 || slices.Contains(e.Grants, name)
}

// List writes what an issuer announces for a comment: one line, printable, and
// bounded, since it is foreign text.
func (e starterEntry) List(items []string) string {
	const most = 40
	var out []string
	for _, item := range items {
		if announcedName().MatchString(item) && len(out) < most {
			out = append(out, item)
		}
	}
	if len(out) == 0 {
		return "(not announced)"
	}
	return strings.Join(out, ", ")
}

var (
	announcedName = pattern.Lazy(`^[A-Za-z0-9_.:/@-]{1,100}$`)
	speakingName  = pattern.Lazy(`^[A-Za-z][A-Za-z0-9-]{1,29}$`)
	emptyName     = pattern.Lazy(`^(?i:v[0-9]+|oauth2?|default|oidc|openid|idp|realms?|auth|www|login|accounts?|sso|com|org|net|yes|no|on|off|true|false|null|[0-9a-f]{8}-[0-9a-f-]{27})$`)
)

// issuerID makes an id of the last part of the issuer's path, or of its host,
// that says something: …/realms/corp is corp, accounts.google.com is google.
func issuerID(issuer string) string {
	u, err := url.Parse(issuer)
	if err != nil {
		return "idp"
	}
	parts := strings.Split(u.Path, "/")
	slices.Reverse(parts)
	for _, part := range append(parts, strings.Split(u.Hostname(), ".")...) {
		if speakingName().MatchString(part) && !emptyName().MatchString(part) {
			return strings.ToLower(part)
		}
	}
	return "idp"
}

func freeID(id string, taken map[string]bool) string {
	out := id
	for n := 2; taken[out]; n++ {
		out = fmt.Sprintf("%s-%d", id, n)
	}
	return out
}
