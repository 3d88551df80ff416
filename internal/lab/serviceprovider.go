package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// SAMLMetadata is where a realm of Keycloak describes itself as a SAML identity provider; its entity id is the
// realm's issuer.
func (i Issuer) SAMLMetadata() string { return i.URL + "/protocol/saml/descriptor" }

// ErrNoServiceProvider is what Introduce returns (wrapped) for metadata in which Keycloak finds no service provider.
var ErrNoServiceProvider = errors.New("the identity provider finds no service provider in this metadata")

// Introduce hands a service provider's SAML metadata to a realm (corp, partner), as its owner would be asked to:
// Keycloak makes a client of it, which then may do ECP, names people by their user name, and sends the attributes
// username, email and groups. An earlier client of that entity id is replaced.
func (l *Lab) Introduce(ctx context.Context, realm string, metadata []byte) error {
	i := slices.IndexFunc(l.Issuers, func(i Issuer) bool { return i.Name == realm && slices.Contains(realms(), realm) })
	if i < 0 {
		return fmt.Errorf("%s is no realm of this lab that speaks SAML, expected one of %s", realm, strings.Join(realms(), ", "))
	}
	d, err := l.registrarOf(ctx, l.Issuers[i])
	if err != nil {
		return err
	}
	client, err := d.described(ctx, metadata)
	if err != nil {
		return err
	}
	return d.replace(ctx, client)
}

// registrar makes clients at a realm's admin API.
type registrar struct {
	web   *http.Client
	admin string // the realm's admin API
	token string
}

func (l *Lab) registrarOf(ctx context.Context, issuer Issuer) (*registrar, error) {
	web, err := l.client()
	if err != nil {
		return nil, err
	}
	d := &registrar{web: web, admin: strings.Replace(issuer.URL, "/realms/", "/admin/realms/", 1)}
	secret, err := l.secret(issuer.Name + "-admin")
	if err != nil {
		return nil, err
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"lab-admin"}, "client_secret": {secret}}.Encode()
	text, err := d.send(ctx, http.MethodPost, issuer.URL+"/protocol/openid-connect/token", "application/x-www-form-urlencoded", []byte(form))
	if err != nil {
		return nil, err
	}
	var got struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &got); err != nil {
		return nil, fmt.Errorf("the token of %s's administrator: %w", issuer.Name, err)
	}
	d.token = got.Token
	return d, nil
}

// registration is a client as Keycloak writes it (ClientRepresentation).
type registration map[string]any

// described has Keycloak read the metadata (services/clientregistration, client-description-converter), and adds what
// no metadata can say.
func (d *registrar) described(ctx context.Context, metadata []byte) (registration, error) {
	text, err := d.send(ctx, http.MethodPost, d.admin+"/client-description-converter", "application/xml", metadata)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoServiceProvider, err)
	}
	client := registration{}
	if err := json.Unmarshal(text, &client); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoServiceProvider, err)
	}
	attributes, _ := client["attributes"].(map[string]any)
	client["attributes"], client["protocolMappers"], client["defaultClientScopes"] = samlAttributes(attributes), samlMappers(), []string{}
	return client, nil
}

// samlAttributes adds to those of the metadata. Requests are signed where it holds a certificate to verify them by; without
// saying so, Keycloak would make a key of its own and refuse every request.
func samlAttributes(read map[string]any) map[string]any {
	all := map[string]any{"saml.client.signature": "false"}
	maps.Copy(all, read)
	maps.Copy(all, map[string]any{"saml.allow.ecp.flow": "true", "saml.assertion.signature": "true", "saml_name_id_format": "username", "saml_force_name_id_format": "true"})
	return all
}

// samlMappers send the user's name, address and groups; groups as one attribute of several values.
func samlMappers() []map[string]any {
	property := func(name string) map[string]any {
		return map[string]any{"name": name, "protocol": "saml", "protocolMapper": "saml-user-property-mapper",
			"config": map[string]string{"user.attribute": name, "attribute.name": name, "attribute.nameformat": "Basic"}}
	}
	groups := map[string]any{"name": "groups", "protocol": "saml", "protocolMapper": "saml-group-membership-mapper",
		"config": map[string]string{"attribute.name": "groups", "attribute.nameformat": "Basic", "single": "true", "full.path": "false"}}
	return []map[string]any{property("username"), property("email"), groups}
}

// replace makes the client, in the place of one that has its entity id already.
func (d *registrar) replace(ctx context.Context, client registration) error {
	id, _ := client["clientId"].(string)
	text, err := d.send(ctx, http.MethodGet, d.admin+"/clients?clientId="+url.QueryEscape(id), "", nil)
	if err != nil {
		return err
	}
	var found []struct{ ID string }
	if err := json.Unmarshal(text, &found); err != nil {
		return fmt.Errorf("clients of %s: %w", d.admin, err)
	}
	for _, old := range found {
		if _, err := d.send(ctx, http.MethodDelete, d.admin+"/clients/"+old.ID, "", nil); err != nil {
			return err
		}
	}
	body, err := json.Marshal(client)
	if err != nil {
		return err
	}
	_, err = d.send(ctx, http.MethodPost, d.admin+"/clients", "application/json", body)
	return err
}

func (d *registrar) send(ctx context.Context, method, address, kind string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if d.token != "" {
		req.Header.Set("Authorization", "Bearer "+d.token)
	}
	res, err := d.web.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %s", method, req.URL.Path, res.Status)
	}
	return text, err
}
