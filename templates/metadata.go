package templates

import (
	"encoding/json"
	"errors"
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
	PKCEMethod        string `json:"pkce_method,omitempty"`
	RequireIss        bool   `json:"response_require_iss,omitempty"` // RFC 9207, from 2.4.16
}

// metadata renders the folder in which the module looks providers up. httpd may
// read it and never write: what is not there must not come to be.
func (j *job) metadata() ([]File, error) {
	out := make([]File, 0, 3*len(j.openID.IdentityProviders))
	w := metadataWriter{newPress(), map[confFile][]byte{}}
	for i, idp := range j.openID.IdentityProviders {
		files, err := j.metadataOf(w, idp)
		if err != nil {
			return nil, fmt.Errorf("metadata of %q: %w", idp.ID.Value, err)
		}
		for _, f := range files {
			out = append(out, j.metadataFile(j.names[i], f))
		}
	}
	return out, nil
}

func (j *job) metadataOf(w metadataWriter, idp spec.IdentityProvider) ([3]jsonText, error) {
	members, err := j.providerMembers(j.in.Documents[idp.ID.Value])
	if err != nil {
		return [3]jsonText{}, err
	}
	given, err := j.secret("client secret", idp.Client.Secret)
	if err != nil {
		return [3]jsonText{}, err
	}
	client := clientFile{idp.Client.ID.Value, given.Reveal()}
	conf := confFile{1, 1, joined(idp.Scopes), "code", "S256", j.requireIss(members)}
	if idp.Without.TLSVerification.Given() {
		conf.SSLValidateServer = 0
	}
	if idp.Without.PKCE.Given() {
		conf.PKCEMethod = j.noPKCE()
	}
	provider, err1 := w.members(members)
	login, err2 := w.encode(client)
	settings, err3 := w.conf(conf)
	return [3]jsonText{
		{".provider", provider, readsAsMembers(members)}, {".client", login, readsAs(client)}, {".conf", settings, readsAs(conf)},
	}, errors.Join(err1, err2, err3)
}

// jsonText is one of a provider's files.
type jsonText struct {
	suffix   string
	text     []byte
	readBack proof
}

// metadataWriter remembers each `.conf`: most providers have the same.
type metadataWriter struct {
	*press
	confs map[confFile][]byte
}

func (w metadataWriter) conf(c confFile) ([]byte, error) {
	if text, ok := w.confs[c]; ok {
		return text, nil
	}
	text, err := w.encode(c)
	w.confs[c] = text
	return text, err
}

func (j *job) metadataFile(name string, t jsonText) File {
	l := j.platform.Layout
	return File{
		Path: path.Join(l.MetadataDir, name+t.suffix), Kind: Metadata, Mode: 0o640, Owner: "root", Group: l.HTTPDGroup,
		Secret: t.suffix == ".client", Content: t.text, readBack: t.readBack,
	}
}

// providerMembers are those of the discovery document but for registration_endpoint, so that
// the module can never register a client by itself.
func (j *job) providerMembers(doc *oidc.Document) (map[string]json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc.Raw, &members); err != nil {
		return nil, fmt.Errorf("discovery document: %w", err)
	}
	if !j.fed.HTTPD.Without.NoRegistration.Given() {
		delete(members, "registration_endpoint")
	}
	return members, nil
}

// noPKCE is the method of logins without PKCE: the word none is known from
// 2.4.15, before it a missing key means the same.
func (j *job) noPKCE() string {
	if platform.CompareVersions(j.platform.Module, "2.4.15") >= 0 {
		return "none"
	}
	return ""
}

// requireIss asks for `iss` in the answers of providers that say they send it:
// with several issuers, it keeps one from answering for another.
func (j *job) requireIss(members map[string]json.RawMessage) bool {
	says := string(members["authorization_response_iss_parameter_supported"])
	return says == "true" && platform.ConfKeys()["response_require_iss"].In(j.platform.Module)
}

func joined(list []spec.Text) string { return strings.Join(plainTexts(list), " ") }
