package probe

import (
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

// trial is a cell to be asked: who asks what where, and who has to refuse.
type trial struct {
	token   string
	visit   *visit // whose path it is
	door    string // an identity provider's id, or the path
	path    string
	request keystone.Request
	want    wish
}

// wish is what a cell's answer has to be.
type wish string

const (
	letIn       wish = "201 keystone"
	refused     wish = "refused by httpd"
	unforged    wish = "401 keystone, or refused by httpd"
	notKeystone wish = "not answered by keystone"
)

// nobody is a subject that no directory has.
const nobody = "fedstone-probe-nobody"

// bogus is an issuer that cannot exist (RFC 2606).
const bogus = "https://probe.invalid"

// tokenTrials: every token at every path, and the token of another client of the
// same issuer at its own.
func tokenTrials(visits []*visit) []trial {
	var out []trial
	for _, holder := range visits {
		if !holder.facts[haveToken] {
			continue
		}
		for _, door := range visits {
			want := refused
			if door == holder {
				want = letIn
			}
			out = append(out, door.bearerTrial(holder.found.ID, holder.token, want))
		}
		if holder.foreign != nil {
			out = append(out, holder.bearerTrial(holder.found.ID+"/foreign", holder.foreign.token, refused))
		}
	}
	return out
}

func (v *visit) bearerTrial(name string, token secret.Value, want wish) trial {
	return v.doorTrial(name, v.found.ID, http.Header{"Authorization": {"Bearer " + token.Reveal()}}, want)
}

// doorTrial asks at the /auth path of an id.
func (v *visit) doorTrial(name, id string, header http.Header, want wish) trial {
	t := v.pathTrial(name, keystone.AuthPath(id, v.found.Protocol), header, want)
	t.door = id
	return t
}

func (v *visit) pathTrial(name, path string, header http.Header, want wish) trial {
	return trial{token: name, visit: v, door: path, path: path, want: want,
		request: keystone.Request{Method: http.MethodPost, URL: v.url + path, Header: header}}
}

// forgeryTrials: no token, but headers that look like httpd's claims. None names
// a subject that exists; where Keystone itself reads the request the issuer is
// bogus too and there is no subject, so that nobody can come in by it.
func forgeryTrials(visits []*visit) []trial {
	var out []trial
	methods := map[string]bool{}
	for _, v := range visits {
		id, protocol := v.found.ID, v.found.Protocol
		out = append(out, v.doorTrial("forged headers", id, forged(v.found.Issuer), refused))
		if upper := strings.ToUpper(id); upper != id {
			out = append(out, v.doorTrial("forged headers", upper, forged(v.found.Issuer), refused))
		}
		out = append(out, v.methodTrial())
		if !methods[protocol] {
			methods[protocol] = true
			out = append(out, v.pathTrial("forged issuer", "/v3/auth/OS-FEDERATION/websso/"+protocol, issuerOnly(), notKeystone))
		}
	}
	return out
}

// methodTrial asks Keystone's own login by the protocol's method, which httpd
// never guards. 403 tells that Keystone has read the header.
func (v *visit) methodTrial() trial {
	t := v.pathTrial("forged issuer", "/v3/auth/tokens", issuerOnly(), unforged)
	t.request.Body = map[string]any{"auth": map[string]any{"identity": map[string]any{
		"methods":        []string{v.found.Protocol},
		v.found.Protocol: map[string]string{"identity_provider": v.found.ID, "protocol": v.found.Protocol},
	}}}
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
