package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func idTokenAlgNotOffered(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "id-token-alg-not-offered",
		Severity: finding.Error,
		Title:    "ID tokens must have a signature that the issuer does not make",
		Why: "With `id_token_signed_response_alg` the module takes ID tokens of that signature alone. The issuer lists what it makes in `id_token_signing_alg_values_supported`; " +
			"where the two differ every login fails after the user has given a password. With `none` a token need not be signed at all.",
		Mend:   "Write an algorithm of the issuer's list, as it is set for this client there, or leave the member out.",
		Source: "mod_auth_openidc, src/proto.c, oidc_proto_parse_idtoken; OpenID Connect Discovery 1.0, section 3",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			e, at := i.algAt()
			offered, _ := listOf(i.Provider, "id_token_signing_alg_values_supported")
			alg := at.Text()
			if alg == "" || alg != "none" && (len(offered) == 0 || slices.Contains(offered, alg)) {
				return
			}
			f := finding.Finding{Message: fmt.Sprintf("ID tokens must be signed by %s, but %s offers %s: every login fails", alg, i.name(), strings.Join(offered, ", ")), Hint: `"id_token_signed_response_alg": "RS256"`}
			if alg == "none" {
				f.Message = "ID tokens of " + i.name() + " need not be signed"
			} else {
				f.Hint = fmt.Sprintf("%q: %q", "id_token_signed_response_alg", offered[0])
				f.Related = []finding.Related{{Message: "what the issuer offers", At: member(i.Provider, "id_token_signing_alg_values_supported").At}}
			}
			i.on(p, e, at, f)
		}),
	}
}

// algAt gives where the signature of ID tokens is demanded: the .client file is read
// after the .conf file.
func (i *issuer) algAt() (*subject.Entry, *engine.Node) {
	if textOf(i.Client, "id_token_signed_response_alg") != "" && !i.before("2.4.12") {
		return i.Client, member(i.Client, "id_token_signed_response_alg")
	}
	return i.Conf, member(i.Conf, "id_token_signed_response_alg")
}
