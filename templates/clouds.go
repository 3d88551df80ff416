package templates

import (
	_ "embed"
	"slices"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
)

//go:embed clouds.yaml.tmpl
var cloudsText string

// The ways in that need no browser (keystoneauth1, loading/_plugins and
// extras/_saml2).
const (
	withToken    = "v3oidcaccesstoken"
	withClient   = "v3oidcclientcredentials"
	withPassword = "v3samlpassword"
)

// cloud is what one entry means.
type cloud struct {
	id, kind, cacert, protocol, discovery, client, scope string
	endpoint                                             string // of SAML, for ECP
}

func (j *job) clouds() ([]File, error) {
	list := j.cloudList()
	text, err := small("clouds.yaml", cloudsText, j.issuingSlots(), yamlString, map[string][]run{"cloud": j.cloudRuns(list), "issued": j.issuedRuns()})
	if err != nil {
		return nil, err
	}
	readBack := func(text []byte) error {
		got, err := readYAML(text)
		if err == nil && !slices.Equal(got, append(j.cloudsMeant(list), j.issuedMeant()...)) {
			err = errOtherMeaning
		}
		return err
	}
	return []File{{Path: j.platform.Layout.Clouds, Kind: Clouds, Mode: 0o644, Owner: "root", Group: "root", Content: text, readBack: readBack}}, nil
}

func (j *job) cloudList() []cloud {
	out := make([]cloud, 0, len(j.openID.IdentityProviders))
	for _, idp := range j.openID.IdentityProviders {
		c := cloud{id: idp.ID.Value, kind: withToken, cacert: j.fed.Keystone.CAFile.Value, protocol: idp.Protocol.Value}
		if clientMay(idp, j.in.Documents[idp.ID.Value]) {
			c.kind, c.client, c.scope = withClient, idp.Bearer.Clients[0].Value, joined(idp.Scopes)
			c.discovery = oidc.WellKnown(idp.Issuer.Value)
		}
		out = append(out, c)
	}
	return append(out, j.samlClouds()...)
}

// samlClouds are those of identity providers at which programs may log in by ECP.
func (j *job) samlClouds() []cloud {
	var out []cloud
	for _, idp := range j.saml.IdentityProviders {
		if endpoint := j.in.SAML[idp.ID.Value].IdP.At(saml.SOAP); endpoint != "" {
			out = append(out, cloud{id: idp.ID.Value, kind: withPassword, cacert: j.fed.Keystone.CAFile.Value, protocol: idp.Protocol.Value, endpoint: endpoint})
		}
	}
	return out
}

// clientMay reports whether a client can get a token by itself. Absent
// grant_types_supported means authorization_code and implicit (OpenID Connect
// Discovery 1.0, section 3); ID tokens come of no grant without a person.
func clientMay(idp spec.IdentityProvider, doc *oidc.Document) bool {
	return idp.Bearer.Token.Value != "id" && len(idp.Bearer.Clients) > 0 && slices.Contains(doc.GrantTypesSupported, "client_credentials")
}

func (j *job) cloudRuns(list []cloud) []run {
	out := make([]run, 0, len(list))
	for _, c := range list {
		s := newSlots()
		s.one("ID", c.id)
		s.one("Type", c.kind)
		s.one("CACert", c.cacert)
		s.one("AuthURL", j.fed.Keystone.URL.Value+"/v3")
		s.one("Protocol", c.protocol)
		s.one("Discovery", c.discovery)
		s.one("Client", c.client)
		s.one("Scope", c.scope)
		s.one("Endpoint", c.endpoint)
		s.fact("HasCA", c.cacert != "")
		s.fact("LogsIn", c.kind == withClient)
		s.fact("Carries", c.kind == withPassword)
		out = append(out, run{c.kind, s})
	}
	return out
}

// cloudsMeant lists the lines by depth, as readYAML gives them.
func (j *job) cloudsMeant(list []cloud) []yamlLine {
	out := append(make([]yamlLine, 0, 1+12*len(list)), yamlLine{0, "clouds", ""})
	for _, c := range list {
		out = append(out, yamlLine{1, c.id, ""}, yamlLine{2, "auth_type", c.kind}, yamlLine{2, "identity_api_version", "3"})
		if c.cacert != "" {
			out = append(out, yamlLine{2, "cacert", c.cacert})
		}
		out = append(out, yamlLine{2, "auth", ""}, yamlLine{3, "auth_url", j.fed.Keystone.URL.Value + "/v3"},
			yamlLine{3, "identity_provider", c.id}, yamlLine{3, "protocol", c.protocol})
		if c.kind == withClient {
			out = append(out, yamlLine{3, "discovery_endpoint", c.discovery}, yamlLine{3, "client_id", c.client},
				yamlLine{3, "openid_scope", c.scope}, yamlLine{3, "access_token_type", "access_token"})
		}
		if c.kind == withPassword {
			out = append(out, yamlLine{3, "identity_provider_url", c.endpoint})
		}
	}
	return out
}
