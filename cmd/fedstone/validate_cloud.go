package main

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/validate/subject"
)

// envvars is the cloud that the variables of the environment name, as other clients
// of OpenStack call it.
const envvars = "envvars"

// askCloud gives the live Keystone's objects of federation; nil where none is named.
type askCloud func() (*subject.Cloud, error)

// cloudOnce asks the Keystone that --cloud names, when it is first wanted: the same
// objects serve every site and every judging.
func cloudOnce(c *cli.Context) askCloud {
	return sync.OnceValues(func() (*subject.Cloud, error) {
		if c.String("cloud") == "" {
			return nil, nil
		}
		return askKeystone(c, c.String("cloud"))
	})
}

func askKeystone(c *cli.Context, name string) (objects *subject.Cloud, err error) {
	client, err := connectAs(c, name, c.String("ca-file"))
	if err != nil {
		return nil, err
	}
	defer func() { err = afterwards(c, err, keystone.Revoke(c.Context, client)) }()
	if objects, err = cloudObjects(c.Context, client); err != nil {
		return nil, err
	}
	objects.Name = "cloud:" + name
	return objects, nil
}

// connectAs logs in as the account of a cloud; whoever calls it revokes its token.
func connectAs(c *cli.Context, name, caFile string) (*gophercloud.ServiceClient, error) {
	auth := keystone.Auth{Cloud: name, CAFile: caFile, Timeout: c.Duration("timeout")}
	if name == envvars {
		auth.Cloud = ""
	}
	client, err := keystone.Connect(c.Context, auth)
	if err != nil {
		return nil, mended(err)
	}
	if c.Bool("debug") {
		client.HTTPClient.Transport = requestLog{next: client.HTTPClient.Transport, out: c.App.ErrWriter}
	}
	return client, nil
}

// cloudObjects reads the identity providers, their protocols and the mappings that
// these name.
func cloudObjects(ctx context.Context, client *gophercloud.ServiceClient) (*subject.Cloud, error) {
	providers, err := keystone.ListIdentityProviders(ctx, client)
	if err != nil {
		return nil, err
	}
	out, mappings := &subject.Cloud{}, map[string]bool{}
	for _, p := range providers {
		one := subject.CloudProvider{ID: p.ID, Enabled: p.Enabled, DomainID: p.DomainID, RemoteIDs: p.RemoteIDs, AuthorizationTTL: p.AuthorizationTTL}
		protocols, err := keystone.ListProtocols(ctx, client, p.ID)
		if err != nil {
			return nil, err
		}
		for _, q := range protocols {
			one.Protocols = append(one.Protocols, subject.CloudProtocol{ID: q.ID, MappingID: q.MappingID, RemoteIDAttribute: q.RemoteIDAttribute})
			mappings[q.MappingID] = true
		}
		out.Providers = append(out.Providers, one)
	}
	return out, cloudMappings(ctx, client, slices.Sorted(maps.Keys(mappings)), out)
}

// cloudMappings reads mappings; one that a protocol names and that is gone is left
// out.
func cloudMappings(ctx context.Context, client *gophercloud.ServiceClient, ids []string, out *subject.Cloud) error {
	for _, id := range ids {
		m, err := keystone.GetMapping(ctx, client, id)
		if keystone.IsNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		out.Mappings = append(out.Mappings, subject.CloudMapping{ID: id, SchemaVersion: m.SchemaVersion, Rules: m.Rules})
	}
	return nil
}
