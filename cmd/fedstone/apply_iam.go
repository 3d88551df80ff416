package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/iam"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// iamPlanner plans at a cloud's identity service.
func iamPlanner(c *cli.Context, fed *spec.Federation) (planner, error) {
	mappings := map[string]iam.Mapping{}
	for _, idp := range fed.IdentityProviders {
		m, list, err := iam.MappingFor(idp, filepath.Dir(fed.Path))
		if err != nil {
			return nil, cli.Exit(fmt.Sprintf("identity provider %s: %v", idp.ID, err), exitUsage)
		}
		if err := reportFindings(c, list, descriptionSource(fed)); err != nil {
			return nil, err
		}
		mappings[idp.ID.Value] = m
	}
	ask, err := issuerAsker(c, fed)
	return func(ctx context.Context, client *gophercloud.ServiceClient) (apply.Changes, finding.List, error) {
		return iam.Plan(ctx, iam.NewClient(client), fed, mappings, iam.Options{Adopt: c.Bool("adopt"), Prune: c.Bool("prune"), Issuer: ask})
	}, err
}

// issuerAsker asks issuers for what the service is given a copy of.
func issuerAsker(c *cli.Context, fed *spec.Federation) (func(context.Context, spec.IdentityProvider) (iam.Issuer, error), error) {
	web, err := httpClient(c, fed)
	return func(ctx context.Context, idp spec.IdentityProvider) (iam.Issuer, error) {
		doc, err := oidc.Discover(ctx, web, idp.Issuer.Value)
		if err != nil {
			return iam.Issuer{}, err
		}
		keys, err := oidc.FetchKeys(ctx, web, doc.JWKSURI)
		return iam.Issuer{AuthorizationEndpoint: doc.AuthorizationEndpoint, Keys: keys}, err
	}, err
}

// checkKeys says whether the service's copies of the issuers' keys are whole; status 1
// if not. It changes nothing.
func (a application) checkKeys() error {
	ask, err := issuerAsker(a.c, a.fed)
	if err != nil {
		return err
	}
	var reports []iam.KeyReport
	err = a.session(a.firstCloud(), func(client *gophercloud.ServiceClient) error {
		reports, err = iam.CheckKeys(a.c.Context, iam.NewClient(client), a.fed, ask)
		return err
	})
	if err != nil {
		return err
	}
	return a.tellKeys(reports)
}

func (a application) tellKeys(reports []iam.KeyReport) error {
	whole := !slices.ContainsFunc(reports, func(r iam.KeyReport) bool { return !r.OK })
	if err := a.writeKeys(reports, whole); err != nil || whole {
		return err
	}
	return quietExit(exitFindings)
}

func (a application) writeKeys(reports []iam.KeyReport, whole bool) error {
	if a.c.String("format") == "json" {
		return apply.WriteJSON(a.c.App.Writer, map[string]any{"version": 1, "ok": whole, "providers": reports})
	}
	for _, r := range reports {
		for _, line := range r.Lines() {
			if _, err := fmt.Fprintln(a.c.App.Writer, finding.Printable(line)); err != nil {
				return err
			}
		}
	}
	return nil
}
