package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
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
func (j *job) metadata() error {
	l := j.platform.Layout
	j.bundle.Folders = append(j.bundle.Folders, Folder{Path: l.MetadataDir, Mode: 0o750, Owner: "root", Group: l.HTTPDGroup})
	for _, idp := range j.fed.IdentityProviders {
		if err := j.metadataOf(idp); err != nil {
			return fmt.Errorf("metadata of %q: %w", idp.ID.Value, err)
		}
	}
	return nil
}

func (j *job) metadataOf(idp spec.IdentityProvider) error {
	name, err := MetadataName(idp.Issuer.Value)
	if err != nil {
		return err
	}
	doc := j.in.Documents[idp.ID.Value]
	given, err := j.secret("client secret", idp.Client.Secret)
	if err != nil {
		return err
	}
	provider, err := providerFile(doc)
	if err != nil {
		return err
	}
	conf := confFile{1, 1, joined(idp.Scopes), "code", "S256", j.requireIss(doc)}
	for suffix, content := range map[string]any{".provider": provider, ".client": clientFile{idp.Client.ID.Value, given.Reveal()}, ".conf": conf} {
		if err := j.metadataFile(name+suffix, suffix == ".client", content); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) metadataFile(name string, holdsSecret bool, content any) error {
	text, err := encode(content)
	if err != nil {
		return err
	}
	l := j.platform.Layout
	j.add(File{Path: path.Join(l.MetadataDir, name), Kind: Metadata, Mode: 0o640, Owner: "root", Group: l.HTTPDGroup, Secret: holdsSecret, Content: text})
	return nil
}

// providerFile is the discovery document without registration_endpoint, so that
// the module can never register a client by itself.
func providerFile(doc *oidc.Document) (map[string]json.RawMessage, error) {
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

// encode writes JSON and reads it back.
func encode(content any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(content); err != nil {
		return nil, err
	}
	back := reflect.New(reflect.TypeOf(content))
	if err := json.Unmarshal(b.Bytes(), back.Interface()); err != nil {
		return nil, err
	}
	if _, raw := content.(map[string]json.RawMessage); !raw && !reflect.DeepEqual(back.Elem().Interface(), content) {
		return nil, fmt.Errorf("a %T reads back differently", content)
	}
	return b.Bytes(), nil
}

func joined(list []spec.Text) string { return strings.Join(plainTexts(list), " ") }
