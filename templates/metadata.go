package templates

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// clientFile is `.client`: what the module needs as a client of the issuer.
type clientFile struct {
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"`
}

// confFile is `.conf`: what differs by provider. From 2.4.16.7 the module takes
// pkce_method from here alone. Keys are those of every version since 2.4.9.
type confFile struct {
	SSLValidateServer int    `json:"ssl_validate_server"`
	ValidateIssuer    int    `json:"validate_issuer"`
	Scope             string `json:"scope"`
	ResponseType      string `json:"response_type"`
	PKCEMethod        string `json:"pkce_method"`
	RequireIss        bool   `json:"response_require_iss,omitempty"` // RFC 9207, from 2.4.16
}

// metadata renders the folder in which the module looks providers up. httpd may
// read it and never write: what is not there must not come to be.
func (j *job) metadata() ([]File, error) {
	out := make([]File, 0, 3*len(j.fed.IdentityProviders))
	press := newPress()
	for _, idp := range j.fed.IdentityProviders {
		files, err := j.metadataOf(press, idp)
		if err != nil {
			return nil, fmt.Errorf("metadata of %q: %w", idp.ID.Value, err)
		}
		out = append(out, files...)
	}
	return out, nil
}

func (j *job) metadataOf(press *press, idp spec.IdentityProvider) ([]File, error) {
	name, err := MetadataName(idp.Issuer.Value)
	if err != nil {
		return nil, err
	}
	doc := j.in.Documents[idp.ID.Value]
	given, err := j.secret("client secret", idp.Client.Secret)
	if err != nil {
		return nil, err
	}
	provider, err := providerMembers(doc)
	if err != nil {
		return nil, err
	}
	client := clientFile{idp.Client.ID.Value, given.Reveal()}
	conf := confFile{1, 1, joined(idp.Scopes), "code", "S256", j.requireIss(doc)}
	texts := []jsonText{
		{".provider", provider, readsAsMembers(provider)}, {".client", client, readsAs(client)}, {".conf", conf, readsAs(conf)},
	}
	out := make([]File, 0, len(texts))
	for _, t := range texts {
		text, err := press.encode(t.content)
		if err != nil {
			return nil, err
		}
		f := j.metadataFile(name+t.suffix, t.suffix == ".client")
		f.Content, f.readBack = text, t.readBack
		out = append(out, f)
	}
	return out, nil
}

// jsonText is one of a provider's files.
type jsonText struct {
	suffix   string
	content  any
	readBack proof
}

func (j *job) metadataFile(name string, holdsSecret bool) File {
	l := j.platform.Layout
	return File{Path: path.Join(l.MetadataDir, name), Kind: Metadata, Mode: 0o640, Owner: "root", Group: l.HTTPDGroup, Secret: holdsSecret}
}

// providerMembers are those of the discovery document but for registration_endpoint, so that
// the module can never register a client by itself.
func providerMembers(doc *oidc.Document) (map[string]json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc.Raw, &members); err != nil {
		return nil, fmt.Errorf("discovery document: %w", err)
	}
	delete(members, "registration_endpoint")
	return members, nil
}

// requireIss asks for `iss` in the answers of providers that say they send it:
// with several issuers, it keeps one from answering for another.
func (j *job) requireIss(doc *oidc.Document) bool {
	var says struct {
		Supported bool `json:"authorization_response_iss_parameter_supported"`
	}
	return platform.CompareVersions(j.platform.Module, "2.4.16") >= 0 && json.Unmarshal(doc.Raw, &says) == nil && says.Supported
}

func joined(list []spec.Text) string { return strings.Join(plainTexts(list), " ") }
