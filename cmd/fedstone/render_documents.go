package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// atOnce bounds how many issuers are asked at the same time.
const atOnce = 8

// largestDocument bounds a saved discovery document.
const largestDocument = 1 << 20

// documents gives every provider's discovery document: the saved one where the
// description names it, else the issuer's own.
func documents(c *cli.Context, fed *spec.Federation) (map[string]*oidc.Document, error) {
	fed = fed.OpenID()
	client, err := httpClient(c, fed)
	if err != nil {
		return nil, err
	}
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		out   = map[string]*oidc.Document{}
		errs  = make([]error, len(fed.IdentityProviders))
		slots = make(chan struct{}, atOnce)
	)
	for i, idp := range fed.IdentityProviders {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			doc, err := document(c, client, fed, idp)
			mu.Lock()
			defer mu.Unlock()
			out[idp.ID.Value], errs[i] = doc, err
		})
	}
	wg.Wait()
	return out, firstOf(errs)
}

func document(c *cli.Context, client *http.Client, fed *spec.Federation, idp spec.IdentityProvider) (*oidc.Document, error) {
	switch {
	case idp.Metadata.Given():
		return savedDocument(besideDescription(fed, idp.Metadata.Value), idp)
	case c.Bool("offline"):
		return nil, usageError("%s: identity provider %q has no saved discovery document, which --offline needs; save %s and name the file: metadata: FILE",
			idp.Issuer.At, idp.ID, oidc.WellKnown(idp.Issuer.Value))
	}
	doc, err := oidc.Discover(c.Context, client, idp.Issuer.Value)
	if err != nil {
		return nil, fmt.Errorf("identity provider %q: %w", idp.ID, err)
	}
	return doc, nil
}

func savedDocument(path string, idp spec.IdentityProvider) (*oidc.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usageError("%s: identity provider %q: %v", idp.Metadata.At, idp.ID, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, largestDocument))
	if err != nil {
		return nil, usageError("%s: identity provider %q: %v", idp.Metadata.At, idp.ID, err)
	}
	doc, err := oidc.ParseDocument(idp.Issuer.Value, raw)
	if err != nil {
		return nil, usageError("%s: identity provider %q: %s: %v", idp.Metadata.At, idp.ID, path, err)
	}
	return doc, nil
}

// firstOf gives the first error in the order of the description, so that the
// same input fails the same way.
func firstOf(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
