package templates

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// rendered renders in one form, with a document and a secret for every provider: the tree
// of the first controller, and what the platform's own tools bring it to its place with.
func rendered(fed *spec.Federation, form [3]string) ([]*Bundle, finding.List, error) {
	return renderedAs(fed, form, func(*Inputs) {})
}

// renderedAs lets the caller change the inputs.
func renderedAs(fed *spec.Federation, form [3]string, change func(*Inputs)) ([]*Bundle, finding.List, error) {
	if (fed.Plain != nil) != (form[0] == platform.PlainName) {
		return nil, nil, fmt.Errorf("platform %s is described otherwise", form[0])
	}
	fed.Platform.Value, fed.HTTPD.Strategy.Value, fed.HTTPD.Layout.Value = form[0], form[1], form[2]
	in, err := inputsOf(fed)
	if err != nil {
		return nil, nil, err
	}
	change(&in)
	bundle, findings, err := Render(fed, in)
	if err != nil || bundle == nil {
		return nil, findings, err
	}
	deployment, err := Deployment(fed, Inputs{}, []*Bundle{bundle})
	if err != nil || deployment == nil {
		return []*Bundle{bundle}, findings, err
	}
	return []*Bundle{bundle, deployment}, findings, nil
}

func inputsOf(fed *spec.Federation) (Inputs, error) {
	in := Inputs{Documents: map[string]*oidc.Document{}, SAML: map[string]SAMLInput{}, Secrets: anySecret}
	for i := range fed.IdentityProviders {
		idp := &fed.IdentityProviders[i]
		if idp.Mapping.Given() { // no file is read here
			idp.Mapping, idp.Rules = spec.Text{}, []spec.Rule{{User: &spec.User{Name: spec.Text{Value: "{sub}"}}}}
		}
		if idp.SAML != nil {
			one, err := samlInputOf(idp.SAML.EntityID.Value)
			if err != nil {
				return in, err
			}
			in.SAML[idp.ID.Value] = one
			continue
		}
		doc, err := documentOf(idp.Issuer.Value)
		if err != nil {
			return in, err
		}
		in.Documents[idp.ID.Value] = doc
	}
	if len(fed.Controllers) > 0 {
		in.Controller = fed.Controllers[0].Name.Value
	}
	if fed.HTTPD.Layout.Value == "merge" {
		in.Base = baseOf(fed)
	}
	if !fed.HTTPD.CAFile.Given() {
		return in, nil
	}
	var err error
	in.CABundle, err = os.ReadFile("../docs/testdata/ca/corp-ca.pem") // whatever file is named
	return in, err
}

func documentOf(issuer string) (*oidc.Document, error) {
	at := strings.TrimSuffix(issuer, "/")
	return oidc.ParseDocument(issuer, fmt.Appendf(nil, `{"issuer": %q, "authorization_endpoint": %q, "token_endpoint": %q, "jwks_uri": %q, "introspection_endpoint": %q, "response_types_supported": ["code"]}`,
		issuer, at+"/a", at+"/protocol/openid-connect/token", at+"/c", at+"/i"))
}

// baseOf is a file with Keystone's virtual host, and another's.
func baseOf(fed *spec.Federation) *Base {
	p, _ := platform.ByName(fed.Platform.Value)
	listen := cmp.Or(fed.HTTPD.Listen.Value, "5000")
	port := listen[strings.LastIndexByte(listen, ':')+1:]
	name := ofURL(fed.Keystone.URL.Value, (*url.URL).Hostname)
	text := fmt.Sprintf("Listen %s\n<VirtualHost *:8774>\n  ServerName nova.example.org\n  Redirect / https://example.org/\n</VirtualHost>\n"+
		"<VirtualHost *:%s>\n  ServerName %s\n  LimitRequestBody 114688\n  WSGIScriptAlias / /usr/bin/keystone-wsgi-public\n</VirtualHost>\n", listen, port, name)
	return &Base{Path: "base.conf", Name: p.Layout.Vhost, Target: p.Layout.Vhost, Text: []byte(text)}
}
