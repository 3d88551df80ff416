package register

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// representation is Keycloak's ClientRepresentation
// (core/src/main/java/org/keycloak/representations/idm/ClientRepresentation.java).
type representation oidc.Object

// Attributes of a client that a registration speaks of. An empty text takes one away;
// one that a PUT leaves out stays.
const (
	pkceAttribute   = "pkce.code.challenge.method"
	logoutAttribute = "post.logout.redirect.uris"
	deviceAttribute = "oauth2.device.authorization.grant.enabled"
	keySetAttribute = "jwks.string"
	useKeysByText   = "use.jwks.string"
	// betweenURIs is what logoutAttribute has between two (OIDCConfigAttributes).
	betweenURIs = "##"
)

// flows are the switches that stand for grants.
func flows() map[string]string {
	return map[string]string{"standardFlowEnabled": Code, "directAccessGrantsEnabled": Password,
		"serviceAccountsEnabled": ClientCredentials, "implicitFlowEnabled": "implicit"}
}

// with gives the representation with all that a registration speaks of.
func (r representation) with(want Registration) representation {
	out := maps.Clone(r)
	if out == nil {
		out = representation{}
	}
	delete(out, "registrationAccessToken")
	for name, value := range map[string]any{"clientId": want.ID, "name": want.Name, "description": want.Description, "enabled": true,
		"protocol": "openid-connect", "publicClient": want.Public(), "redirectUris": list(want.RedirectURIs)} {
		out[name] = raw(value)
	}
	if _, known := r["webOrigins"]; !known {
		out["webOrigins"] = raw([]string{}) // no page of another host asks in a browser's name
	}
	for flow, grant := range flows() {
		out[flow] = raw(slices.Contains(want.Grants, grant))
	}
	out.authenticate(want)
	out["attributes"] = raw(attributes(want))
	out["protocolMappers"] = raw(r.mappers().with(want))
	return out
}

// authenticate says how the client shows who it is.
func (r representation) authenticate(want Registration) {
	delete(r, "secret")
	r["clientAuthenticatorType"] = raw("client-secret")
	if want.AuthMethod == Key {
		r["clientAuthenticatorType"] = raw("client-jwt")
	} else if !want.Secret.Empty() {
		r["secret"] = raw(want.Secret.Reveal())
	}
}

func attributes(want Registration) map[string]string {
	all := map[string]string{pkceAttribute: want.PKCE, logoutAttribute: strings.Join(want.PostLogoutURIs, betweenURIs), deviceAttribute: "false",
		keySetAttribute: want.KeySet, useKeysByText: ""}
	if slices.Contains(want.Grants, Device) {
		all[deviceAttribute] = "true"
	}
	if want.KeySet != "" {
		all[useKeysByText] = "true"
	}
	return all
}

// read gives the registration. What is wrong with a member is told by its name.
func (r representation) read() (Registration, error) {
	var out Registration
	var client string
	var enabled, public bool
	var attributes map[string]string
	err := r.members(map[string]any{"clientId": &out.ID, "name": &out.Name, "description": &out.Description, "enabled": &enabled, "publicClient": &public,
		"redirectUris": &out.RedirectURIs, "clientAuthenticatorType": &client, "attributes": &attributes})
	var text string
	err = errors.Join(err, r.members(map[string]any{"secret": &text}))
	if err != nil {
		return Registration{}, err
	}
	out.Secret, out.Disabled = secret.New(text), !enabled
	out.AuthMethod = authMethod(public, client)
	out.PKCE = attributes[pkceAttribute]
	out.KeySet = attributes[keySetAttribute]
	if uris := attributes[logoutAttribute]; uris != "" {
		out.PostLogoutURIs = strings.Split(uris, betweenURIs)
	}
	out.Grants, err = r.grants(attributes)
	out.Audience, out.GroupClaim = r.mappers().say()
	return out, err
}

func (r representation) members(into map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(into)) {
		if text, there := r[name]; there && json.Unmarshal(text, into[name]) != nil {
			return errors.New("its " + name + " is of another type")
		}
	}
	return nil
}

func authMethod(public bool, authenticator string) string {
	switch {
	case public:
		return None
	case authenticator == "client-secret" || authenticator == "":
		return Basic
	case authenticator == "client-jwt":
		return Key
	default:
		return authenticator
	}
}

func (r representation) grants(attributes map[string]string) ([]string, error) {
	var out []string
	for _, flow := range slices.Sorted(maps.Keys(flows())) {
		var on bool
		if err := r.members(map[string]any{flow: &on}); err != nil {
			return nil, err
		}
		if on {
			out = append(out, flows()[flow])
		}
	}
	if attributes[deviceAttribute] == "true" {
		out = append(out, Device)
	}
	return out, nil
}

// list keeps an empty list from becoming null.
func list(values []string) []string { return append([]string{}, values...) }
