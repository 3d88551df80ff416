package spec

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
)

// IAM says how a cloud's identity service takes this issuer: what its API calls the
// OpenID Connect configuration, as far as issuer, client and scopes do not say it
// (identity-access-management, iam_13_0207). The zero IAM was not given.
type IAM struct {
	AccessMode   Text // AccessByProgram (the default) or AccessByConsole
	ResponseMode Text // of the console's login: form_post (the default) or fragment
	At           finding.Range
}

// The values of iam.access_mode.
const (
	AccessByProgram = "program"         // by the API alone
	AccessByConsole = "program_console" // also by the console, which logs people in at the issuer
)

func (i *IAM) keys() []key {
	return []key{
		{"access_mode", "", choice("iam.access_mode", &i.AccessMode, AccessByProgram, AccessByConsole)},
		{"response_mode", "", choice("iam.response_mode", &i.ResponseMode, "form_post", "fragment")},
	}
}

// Service reports whether the target is a cloud's identity service, which has no
// httpd and for which nothing is rendered.
func (f *Federation) Service() bool { return platform.IsService(f.Platform.Value) }

// The protocol of the identity services for OpenID Connect has this id and no other.
const serviceProtocol = "oidc"

// fillService puts the defaults that differ from Keystone's. A service is handed the
// ID token, whose audience is the client.
func (f *Federation) fillService() {
	for i := range f.IdentityProviders {
		p := &f.IdentityProviders[i]
		if p.SAML != nil { // refused by its own check
			continue
		}
		p.Protocol = p.Protocol.or(serviceProtocol, finding.Range{})
		p.Bearer.Token = p.Bearer.Token.or("id", finding.Range{})
		p.IAM.AccessMode = p.IAM.AccessMode.or(AccessByProgram, finding.Range{})
		p.IAM.ResponseMode = p.IAM.ResponseMode.or("form_post", finding.Range{})
	}
}

// ofService reads ahead whether the platform is a service: it decides what the other
// keys may be.
func ofService(n *yaml.Node) bool {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "platform" {
			return platform.IsService(n.Content[i+1].Value)
		}
	}
	return false
}

// needed makes a key required, with the example, but where the target is a service.
func (l *loader) needed(table []key, name, example string) []key {
	table = slices.Clone(table)
	for i := range table {
		if table[i].name == name && !l.iam {
			table[i].example = example
		}
	}
	return table
}
