package main

import (
	"context"
	"sync"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/groups"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/symptom"
	"github.com/fedstone/fedstone/validate/subject"
)

// probeCloudFlag names an administrator's account, which is used after a failure
// and for the names of groups alone.
func probeCloudFlag() cli.Flag {
	return &cli.StringFlag{Name: "cloud", Usage: "where a login fails, also read Keystone's objects as an administrator: the cloud `NAME` of clouds.yaml, or envvars for the OS_ variables"}
}

// administrator is a session that begins when it is first needed.
type administrator struct {
	connect func() (*gophercloud.ServiceClient, error)
	objects func() (*subject.Cloud, error)
	begun   bool
}

// newAdministrator gives nil where --cloud names nobody.
func newAdministrator(c *cli.Context, fed *spec.Federation) *administrator {
	name := c.String("cloud")
	if name == "" {
		return nil
	}
	a := &administrator{}
	a.connect = sync.OnceValues(func() (*gophercloud.ServiceClient, error) {
		a.begun = true
		return connectAs(c, name, caFile(c, fed))
	})
	a.objects = sync.OnceValues(func() (*subject.Cloud, error) {
		client, err := a.connect()
		if err != nil {
			return nil, err
		}
		return cloudObjects(c.Context, client)
	})
	return a
}

// ask lets the probe ask the administrator.
func (a *administrator) ask(fed *spec.Federation, opts *probe.Options) {
	switch {
	case a == nil:
		return
	case fed.Service():
		opts.Pasted = a.pasted
		return
	}
	opts.Objects = func(_ context.Context, idp, protocol string) (probe.Stored, error) {
		all, err := a.objects()
		if err != nil {
			return probe.Stored{}, err
		}
		return stored(all, idp, protocol), nil
	}
	opts.GroupName = func(ctx context.Context, id string) (string, error) {
		client, err := a.connect()
		if err != nil {
			return "", err
		}
		group, err := groups.Get(ctx, client, id).Extract()
		if err != nil {
			return "", keystone.Explain(err)
		}
		return group.Name, nil
	}
}

// end revokes the session's token, if it has begun.
func (a *administrator) end(c *cli.Context, err error) error {
	if a == nil || !a.begun {
		return err
	}
	client, failed := a.connect()
	if failed != nil {
		return err // there is no token
	}
	return afterwards(c, err, keystone.Revoke(c.Context, client))
}

// stored picks what Keystone keeps for one protocol of one identity provider.
func stored(all *subject.Cloud, idp, protocol string) probe.Stored {
	p := all.Provider(idp)
	if p == nil {
		return probe.Stored{}
	}
	out := probe.Stored{Cloud: symptom.Cloud{Found: true, Enabled: p.Enabled, RemoteIDs: p.RemoteIDs}}
	for _, q := range p.Protocols {
		if q.ID == protocol {
			out.Protocol, out.Mapping, out.Attribute = true, q.MappingID, q.RemoteIDAttribute
		}
	}
	for _, m := range all.Mappings {
		if m.ID == out.Mapping && out.Protocol {
			out.Mapped, out.Rules = true, m.Rules
		}
	}
	return out
}

// probeAll probes the targets, with an administrator at hand where --cloud names one.
func probeAll(c *cli.Context, fed *spec.Federation, targets []target, opts probe.Options) (probe.Fleet, error) {
	admin := newAdministrator(c, fed)
	admin.ask(fed, &opts)
	fleet, err := probeTargetsAll(c, fed, targets, opts)
	return fleet, admin.end(c, err)
}
