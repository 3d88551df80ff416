package register

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// metadata is client metadata (RFC 7591 section 2, OpenID Connect Dynamic Client
// Registration 1.0 section 2, OpenID Connect RP-Initiated Logout 1.0 section 3.1).
type metadata oidc.Object

// ofTheProvider are the members that a client must not send back (RFC 7592 section 2.2).
func ofTheProvider() []string {
	return []string{"registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"}
}

// with gives the metadata with all that a registration speaks of. Lists are sent
// also where they are empty: Keycloak keeps what is left out.
func (m metadata) with(want Registration) metadata {
	out := maps.Clone(m)
	if out == nil {
		out = metadata{}
	}
	for _, name := range ofTheProvider() {
		delete(out, name)
	}
	for name, value := range map[string]any{"client_name": want.Name, "redirect_uris": list(want.RedirectURIs), "grant_types": list(want.Grants),
		"response_types": responseTypes(want), "application_type": applicationType(want), "token_endpoint_auth_method": want.AuthMethod} {
		out[name] = raw(value)
	}
	if len(want.PostLogoutURIs) > 0 || m["post_logout_redirect_uris"] != nil {
		out["post_logout_redirect_uris"] = raw(list(want.PostLogoutURIs))
	}
	if want.KeySet != "" {
		out["jwks"] = json.RawMessage(want.KeySet)
	}
	return out
}

// responseTypes belong to the grants (RFC 7591 section 2.1).
func responseTypes(want Registration) []string {
	if slices.Contains(want.Grants, Code) {
		return []string{"code"}
	}
	return []string{}
}

// applicationType is native where a redirect goes to the person's own machine
// (RFC 8252 section 7.3), which may be http.
func applicationType(want Registration) string {
	if slices.ContainsFunc(want.RedirectURIs, func(uri string) bool { return strings.HasPrefix(uri, "http://") }) {
		return "native"
	}
	return "web"
}

// read gives the registration and the way back to it.
func (m metadata) read() (Registration, Handle, error) {
	r, o := Registration{}, oidc.Object(m)
	var failed error
	text := func(name string) string { return member(&failed, name, o.Text) }
	texts := func(name string) []string { return member(&failed, name, o.Texts) }
	r.ID, r.Name, r.AuthMethod = text("client_id"), text("client_name"), cmp.Or(text("token_endpoint_auth_method"), Basic)
	r.RedirectURIs, r.PostLogoutURIs, r.Grants = texts("redirect_uris"), texts("post_logout_redirect_uris"), texts("grant_types")
	r.Secret = secret.New(text("client_secret"))
	if expires := member(&failed, "client_secret_expires_at", o.Number); expires != 0 {
		r.SecretExpires = time.Unix(expires, 0).UTC()
	}
	if _, told := m["grant_types"]; !told {
		r.Grants = []string{Code}
	}
	if slices.Equal(sorted(r.PostLogoutURIs), sorted(r.RedirectURIs)) {
		r.PostLogoutURIs = nil // Keycloak's word for none of its own (OIDCClientRepresentation of a client without the attribute)
	}
	if r.AuthMethod == Key {
		r.KeySet = string(m["jwks"])
	}
	way := Handle{URI: text("registration_client_uri"), Token: secret.New(text("registration_access_token"))}
	return r, way, errors.Join(failed, r.checkOwn())
}

// member reads one, and keeps the first fault without the value, which may be a secret.
func member[T any](failed *error, name string, read func(string) (T, error)) T {
	value, err := read(name)
	if err != nil && *failed == nil {
		*failed = fmt.Errorf("its %s is of another type", name)
	}
	return value
}

// checkOwn refuses an id that could not be a client's (RFC 6749 appendix A.1), and a
// secret that no file of ours takes.
func (r Registration) checkOwn() error {
	unfit := func(c rune) bool { return c > '~' || unicode.IsControl(c) }
	switch {
	case r.ID == "" || len(r.ID) > maxID || strings.ContainsFunc(r.ID, unfit):
		return errors.New("its client_id is missing, too long, or no printable ASCII")
	case len(r.Secret.Reveal()) > maxID || strings.ContainsFunc(r.Secret.Reveal(), unfit):
		return errors.New("its client_secret is too long, or no printable ASCII")
	}
	for _, uri := range slices.Concat(r.RedirectURIs, r.PostLogoutURIs) {
		if _, err := url.Parse(uri); err != nil {
			return errors.New("one of its redirect URIs is no URL")
		}
	}
	return nil
}

// maxID bounds an id and a secret that a provider chooses, in bytes.
const maxID = 4096
