package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataOffersUnusable(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-offers-unusable",
		Severity: finding.Error,
		Title:    "an issuer offers nothing that the module can use",
		Why: "Of `response_types_supported`, `response_modes_supported` and `token_endpoint_auth_methods_supported` the module must know at least one entry each, where the list is there. Else it refuses the file with each login. " +
			"Lists that were cut down by hand, or that a template wrote as one text with commas, look like this.",
		Mend:   "Write the list as the issuer's discovery document has it; `[\"code\"]`, `[\"query\"]` and `[\"client_secret_basic\"]` are what most logins use.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_is_valid",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, want := range offers() {
				at := member(i.Provider, want.key)
				have, isList := listOf(i.Provider, want.key)
				if at == nil || !isList && !want.mustBeList || slices.ContainsFunc(have, want.knows) {
					continue
				}
				i.on(p, i.Provider, at, finding.Finding{
					Message: fmt.Sprintf("%s is %s, the module knows %s: it refuses the file", want.key, shown(at, have, isList), strings.Join(want.known, ", ")),
					Hint:    fmt.Sprintf("%q: [%q]", want.key, want.known[0]),
				})
			}
		}),
	}
}

// offer is a list of a .provider file of which the module must know an entry.
type offer struct {
	key        string
	mustBeList bool
	known      []string
}

func offers() []offer {
	return []offer{
		{"response_types_supported", true, []string{"code", "id_token", "id_token token", "code id_token", "code token", "code id_token token"}},
		{"response_modes_supported", false, []string{"query", "fragment", "form_post"}},
		{"token_endpoint_auth_methods_supported", false, []string{"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none", "bearer_access_token", "tls_client_auth", "self_signed_tls_client_auth"}},
	}
}

func (o offer) knows(value string) bool {
	return slices.ContainsFunc(o.known, func(k string) bool { return k == value || o.mustBeList && sameWords(k, value) })
}

func shown(n *engine.Node, list []string, isList bool) string {
	switch {
	case !isList:
		return kindOf(n)
	case len(list) == 0:
		return "an empty list"
	}
	return strings.Join(list, ", ")
}
