package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// samlInputs gives what each SAML identity provider takes: its metadata, saved or its own, and the
// service provider's keys, which only a render that writes makes.
func samlInputs(c *cli.Context, fed *spec.Federation) (map[string]templates.SAMLInput, error) {
	out := map[string]templates.SAMLInput{}
	for _, idp := range fed.SAML().IdentityProviders {
		in, err := samlInput(c, fed, idp)
		if err != nil {
			return nil, err
		}
		out[idp.ID.Value] = in
	}
	return out, nil
}

func samlInput(c *cli.Context, fed *spec.Federation, idp spec.IdentityProvider) (in templates.SAMLInput, err error) {
	if in.Metadata, err = idpMetadata(c, fed, idp); err != nil {
		return in, err
	}
	if in.IdP, err = saml.ReadIdP(in.Metadata, idp.SAML.EntityID.Value); err != nil {
		return in, usageError("%s: identity provider %q: %s: %v", idp.SAML.Metadata.At, idp.ID, idp.SAML.Metadata, err)
	}
	in.Keys, err = keptKeys(fed, idp, !c.Bool("check") && !c.Bool("diff"))
	return in, err
}

// ofNetwork reports whether metadata is fetched.
func ofNetwork(metadata spec.Text) bool { return strings.Contains(metadata.Value, "://") }

func idpMetadata(c *cli.Context, fed *spec.Federation, idp spec.IdentityProvider) ([]byte, error) {
	from, limit := idp.SAML.Metadata, saml.MetadataLimits().Size
	switch {
	case !ofNetwork(from):
		text, err := input.File(besideDescription(fed, from.Value), int64(limit))
		if err != nil {
			return nil, usageError("%s: identity provider %q: %v", from.At, idp.ID, err)
		}
		return text, nil
	case c.Bool("offline"):
		return nil, usageError("%s: identity provider %q has no saved metadata, which --offline needs; save %s and name the file: metadata: FILE", from.At, idp.ID, from)
	}
	client, err := httpClient(c, fed)
	if err != nil {
		return nil, err
	}
	text, err := fetched(c, client, from.Value, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("identity provider %q: %w", idp.ID, err)
	}
	return text, nil
}

func fetched(c *cli.Context, client *http.Client, address string, limit int64) ([]byte, error) {
	req, err := http.NewRequestWithContext(c.Context, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s, expected 200 and the metadata", address, res.Status)
	}
	return io.ReadAll(io.LimitReader(res.Body, limit+1))
}
