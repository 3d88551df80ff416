package probe

import (
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/probe/symptom"
)

// nobody is a subject that no directory has.
const nobody = "fedstone-probe-nobody"

// headerTrials: no token, but headers that look like httpd's claims. None names
// a subject that exists; where Keystone itself reads the request the issuer is
// bogus too and there is no subject, so that nobody can come in by it.
func headerTrials(visits []*visit) []trial {
	var out []trial
	methods := map[string]bool{}
	for _, v := range visits {
		id, protocol := v.found.ID, v.found.Protocol
		out = append(out, v.doorTrial(KindHeaders, "forged headers", id, forged(v.found.Issuer)))
		if upper := strings.ToUpper(id); upper != id {
			out = append(out, v.doorTrial(KindHeaders, "forged headers", upper, forged(v.found.Issuer)))
		}
		out = append(out, v.methodTrial())
		if !methods[protocol] {
			methods[protocol] = true
			out = append(out, v.webssoTrial())
		}
	}
	for i := range out {
		out[i].once = true
		out[i].facts = []symptom.Fact{map[string]symptom.Fact{KindHeaders: symptom.ForgedHeaders, KindIssuer: symptom.ForgedIssuer}[out[i].kind]}
	}
	return out
}

// methodTrial asks Keystone's own login by the protocol's method, which httpd
// never guards. 403 tells that Keystone has read the header.
func (v *visit) methodTrial() trial {
	t := v.pathTrial(KindIssuer, "forged issuer", "/v3/auth/tokens", issuerOnly())
	t.want = unforged
	t.request.Body = map[string]any{"auth": map[string]any{"identity": map[string]any{
		"methods":        []string{v.found.Protocol},
		v.found.Protocol: map[string]string{"identity_provider": v.found.ID, "protocol": v.found.Protocol},
	}}}
	return t
}

func (v *visit) webssoTrial() trial {
	t := v.pathTrial(KindIssuer, "forged issuer", "/v3/auth/OS-FEDERATION/websso/"+v.found.Protocol, issuerOnly())
	t.want = notKeystone
	return t
}

func issuerOnly() http.Header { return claimHeaders(map[string]string{"iss": bogus}) }

// forged gives claims of a person who does not exist, in both spellings that
// configurations use.
func forged(issuer string) http.Header {
	return claimHeaders(map[string]string{
		"iss": issuer, "sub": nobody, "preferred_username": nobody, "email": nobody + "@probe.invalid", "aud": "keystone", "azp": "keystone",
	})
}

// claimHeaders sets the names as they are: net/http's canonical spelling would
// change OIDC-iss into Oidc-Iss, which means the same to every server.
func claimHeaders(claims map[string]string) http.Header {
	h := http.Header{}
	for name, value := range claims {
		h["OIDC-"+name] = []string{value}
		h["OIDC_CLAIM_"+name] = []string{value}
	}
	return h
}
