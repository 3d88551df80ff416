package symptom

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

// What a person says of the request besides its address.
const (
	RedirectFollowed Fact = "curl -L has gone on to another host"
	BearerGiven      Fact = "a bearer token was sent"
)

// walk is a way to look at an answer: the steps, of which the first that knows it
// counts, and the condition under which that is the right way.
type walk struct {
	steps string
	when  string
	first bool // its first symptom is enough
	own   bool // what could be anywhere is left to other walks
}

// walks gives the ways to look at the answer, by what was asked.
func (h Heard) walks() []walk {
	if all := h.samlWalks(); all != nil {
		return all
	}
	switch path := pathAsked(h.URL); {
	case h.Followed != "":
		return []walk{{steps: askedAuth}}
	case path == "":
		return unsaid(h.Bearer)
	case authPath().MatchString(path):
		return bearing(h.Bearer, "")
	case strings.HasSuffix(path, OAuth2Path):
		return []walk{{steps: oauth2Token}}
	case strings.HasSuffix(path, "/websso"):
		return []walk{{steps: askedWebsso + " websso"}}
	case strings.Contains(path, "/OS-FEDERATION/websso/"):
		return []walk{{steps: askedGlobal + " websso"}}
	case strings.Contains(path, "redirect_uri"):
		return []walk{{steps: askedRedirect + " other"}}
	case strings.HasSuffix(path, "/secure"):
		return []walk{{steps: askedSecure + " other"}}
	case strings.TrimRight(path, "/") == "/v3":
		return []walk{{steps: "reach"}}
	case strings.Contains(path, "/v3/") && !strings.HasSuffix(path, "/auth/tokens"):
		return []walk{{steps: askedResource + " resource"}}
	}
	return []walk{{steps: "other"}}
}

// bearing looks at the exchange with a bearer, without, or both.
func bearing(b Bearer, when string) []walk {
	sent, none := walk{steps: askedAuth + " exchange", when: when}, walk{steps: askedBare + " no-token", when: when}
	switch b {
	case BearerSent:
		return []walk{sent}
	case BearerNone:
		return []walk{none}
	}
	sent.when, none.when = when+"with a bearer", when+"without a bearer"
	return []walk{sent, none}
}

// unsaid looks at every request that could have brought the answer.
func unsaid(b Bearer) []walk {
	all := append(bearing(b, "if POST …/auth was asked "),
		walk{own: true, steps: askedWebsso + " websso", when: "if a provider's websso path was asked"},
		walk{own: true, steps: askedGlobal, when: "if the websso path of no provider was asked"},
		walk{own: true, steps: askedRedirect, when: "if the redirect URI was asked"},
		walk{own: true, steps: askedResource + " resource", when: "if a resource of Keystone was asked"})
	for i := range all {
		all[i].first, all[i].when = true, strings.TrimSpace(all[i].when)
	}
	return all
}

var authPath = pattern.Lazy(`/OS-FEDERATION/identity_providers/[^/]+/protocols/[^/]+/auth$`)

// pathAsked gives the path of a URL or path.
func pathAsked(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	if u.Host != "" && u.Path == "" {
		return "/"
	}
	return u.Path
}

// webssoPath is where a dashboard sends a browser that has chosen the provider.
func (n Names) webssoPath() string {
	return "/v3/auth" + strings.TrimSuffix(strings.TrimPrefix(n.Path(), "/v3"), "/auth") + "/websso"
}

// globalPath is the one that names no provider.
func (n Names) globalPath() string {
	return "/v3/auth/OS-FEDERATION/websso/" + url.PathEscape(n.Protocol)
}
