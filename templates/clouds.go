package templates

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

//go:embed clouds.yaml.tmpl
var cloudsText string

// The two ways in that need no browser (keystoneauth1, loading/_plugins).
const (
	withToken  = "v3oidcaccesstoken"
	withClient = "v3oidcclientcredentials"
)

type cloudSlots struct {
	ID, Type, Protocol, Discovery, Client, Scope slot
	LogsIn                                       bool
}

// cloud is what one entry means, as a YAML reader gives it.
type cloud struct {
	id, kind, protocol, discovery, client, scope string
}

func (j *job) clouds() error {
	list := j.cloudList()
	text, err := j.small("clouds.yaml", cloudsText, j.cloudsSlots(list), yamlString)
	if err != nil {
		return err
	}
	var got map[string]any
	if err := yaml.Unmarshal(text, &got); err != nil {
		return fmt.Errorf("clouds.yaml does not read back: %w", err)
	}
	if !reflect.DeepEqual(got, j.cloudsMeant(list)) {
		return fmt.Errorf("clouds.yaml reads back differently")
	}
	j.add(File{Path: j.platform.Layout.Clouds, Kind: Clouds, Mode: 0o644, Owner: "root", Group: "root", Content: text})
	return nil
}

func (j *job) cloudList() []cloud {
	var out []cloud
	for _, idp := range j.fed.IdentityProviders {
		c := cloud{id: idp.ID.Value, kind: withToken, protocol: idp.Protocol.Value}
		if clientMay(idp, j.in.Documents[idp.ID.Value]) {
			c.kind, c.client, c.scope = withClient, idp.Bearer.Clients[0].Value, joined(idp.Scopes)
			c.discovery = oidc.WellKnown(idp.Issuer.Value)
		}
		out = append(out, c)
	}
	return out
}

// clientMay reports whether a client can get a token by itself. Absent
// grant_types_supported means authorization_code and implicit (OpenID Connect
// Discovery 1.0, section 3); ID tokens come of no grant without a person.
func clientMay(idp spec.IdentityProvider, doc *oidc.Document) bool {
	return idp.Bearer.Token.Value != "id" && len(idp.Bearer.Clients) > 0 && slices.Contains(doc.GrantTypesSupported, "client_credentials")
}

func (j *job) cloudsSlots(list []cloud) *slots {
	s := newSlots()
	s.one("AuthURL", j.fed.Keystone.URL.Value+"/v3")
	out := make([]cloudSlots, 0, len(list))
	for _, c := range list {
		out = append(out, cloudSlots{s.next(c.id), s.next(c.kind), s.next(c.protocol), s.next(c.discovery), s.next(c.client), s.next(c.scope), c.kind == withClient})
	}
	s.fact("Clouds", out)
	return s
}

func (j *job) cloudsMeant(list []cloud) map[string]any {
	clouds := map[string]any{}
	for _, c := range list {
		auth := map[string]any{"auth_url": j.fed.Keystone.URL.Value + "/v3", "identity_provider": c.id, "protocol": c.protocol}
		if c.kind == withClient {
			auth["discovery_endpoint"], auth["client_id"], auth["openid_scope"], auth["access_token_type"] = c.discovery, c.client, c.scope, "access_token"
		}
		clouds[c.id] = map[string]any{"auth_type": c.kind, "identity_api_version": "3", "auth": auth}
	}
	return map[string]any{"clouds": clouds}
}

// yamlString writes a double-quoted scalar: JSON strings are YAML 1.2 ones.
func yamlString(value string) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}
