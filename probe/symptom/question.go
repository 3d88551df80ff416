package symptom

import (
	"context"
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Question is a second, harmless request to Keystone's address. It never carries a
// token of anybody.
type Question struct {
	Name   string
	Says   string // what was done, for a person: "asked the same path without a token"
	Method string
	Path   string // below Keystone's URL, or below its host
	AtHost bool
	Header http.Header
	Body   any // sent as JSON; nil: none
}

// URL is where the question is asked, of the Keystone at a URL.
func (q Question) URL(keystone string) string {
	if q.AtHost {
		return originOf(keystone) + q.Path
	}
	return keystone + q.Path
}

// Asker sends a question. It remembers the answers, follows no redirect, and gives
// an error where it may not ask any more.
type Asker func(context.Context, Question) (keystone.Answer, error)

// Garbage is no token of anybody's, and looks like none.
const Garbage = "fedstone-probe-is-not-a-token"

// noSuchID is the id of an identity provider that cannot exist.
const noSuchID = "fedstone-probe-no-such-id"

// Questions gives every question that Explain may ask, in a fixed order.
func Questions(n Names) []Question {
	garbage := http.Header{"Authorization": {"Bearer " + Garbage}}
	post := func(name, says, path string, header http.Header) Question {
		return Question{Name: name, Says: says, Method: http.MethodPost, Path: path, Header: header}
	}
	get := func(name, says, path string) Question {
		return Question{Name: name, Says: says, Method: http.MethodGet, Path: path}
	}
	browser := post("browser", "asked the same path without a token, as a browser", n.Path(), http.Header{"Accept": {"text/html"}})
	return []Question{
		post("no-token", "asked the same path without a token", n.Path(), nil),
		post("garbage-token", "asked the same path with a token that nobody has signed", n.Path(), garbage),
		browser,
		redirectIsPath(n),
		{Name: "origin", Says: "asked the host itself for /v3", Method: http.MethodGet, Path: "/v3", AtHost: true},
		get("get", "asked the same path by GET, without a token", n.Path()),
		post("sibling", "asked the path of an identity provider that cannot exist", keystone.AuthPath(noSuchID, n.Protocol), nil),
		post("lower-case", "asked the same path with the id in lower case", keystone.AuthPath(strings.ToLower(n.IDP), n.Protocol), nil),
		post("prefixed", "asked the same path below /identity", "/identity"+n.Path(), nil),
		post("upper-case", "asked the same path with the id in upper case", keystone.AuthPath(strings.ToUpper(n.IDP), n.Protocol), nil),
		get("version", "asked Keystone for its version", "/v3"),
		get("root", "asked the address without a path", "/"),
		get("identity", "asked for /identity/v3", "/identity/v3"),
		get("doubled", "asked for /v3/v3", "/v3/v3"),
		get("krb", "asked for /krb/v3", "/krb/v3"),
		asBrowser("websso", "asked the provider's websso path, as a browser", n.webssoPath()),
		asBrowser("websso-global", "asked the websso path that names no provider, as a browser", n.globalPath()),
		forgedIssuer(n),
		ownLogin(n),
		post("again", "asked the same path without a token once more", n.Path(), nil),
		post("again-2", "asked the same path without a token once more", n.Path(), nil),
		post("again-3", "asked the same path without a token once more", n.Path(), nil),
	}
}

// redirectIsPath asks as a browser that has come by no state.
func redirectIsPath(n Names) Question {
	return asBrowser("redirect-is-path", "asked the same path by GET, as a browser", n.Path())
}

func asBrowser(name, says, path string) Question {
	return Question{Name: name, Says: says, Method: http.MethodGet, Path: path, Header: http.Header{"Accept": {"text/html"}}}
}

// ownLogin asks Keystone's own login by the protocol's method, which httpd does not
// guard, without any claim. 403 tells that the identity provider is disabled:
// Keystone looks at that first (keystone/auth/plugins/mapped.py,
// handle_unscoped_token).
func ownLogin(n Names) Question {
	return Question{
		Name: "own-login", Says: "asked Keystone's own login for this identity provider, without any claim", Method: http.MethodPost, Path: "/v3/auth/tokens",
		Body: map[string]any{"auth": map[string]any{"identity": map[string]any{
			"methods":  []string{n.Protocol},
			n.Protocol: map[string]string{"identity_provider": n.IDP, "protocol": n.Protocol},
		}}},
	}
}

// forgedIssuer asks the same with an issuer that cannot exist and without a subject,
// so that nobody can come in by it. 403 tells that Keystone has read the header.
func forgedIssuer(n Names) Question {
	q := ownLogin(n)
	q.Name, q.Says = "forged-issuer", "asked Keystone's own login with a made-up issuer in a header"
	q.Header = http.Header{"OIDC-iss": {"https://probe.invalid"}}
	return q
}

func questionOf(name string, n Names) Question {
	for _, q := range Questions(n) {
		if q.Name == name {
			return q
		}
	}
	return Question{Name: name}
}
