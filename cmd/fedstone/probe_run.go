package main

import (
	"context"
	"errors"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// probeTargetsAll probes the targets side by side; how much is asked at the same
// time is bounded by the options' Slots over all of them.
func probeTargetsAll(c *cli.Context, fed *spec.Federation, targets []target, opts probe.Options) (probe.Fleet, error) {
	ctx, cancel := context.WithTimeout(c.Context, c.Duration("limit"))
	defer cancel()
	fleet, failed := make(probe.Fleet, len(targets)), make([]error, len(targets))
	each := 1 + c.Int("parallel")/len(targets)
	var all sync.WaitGroup
	for i, t := range targets {
		all.Go(func() { fleet[i], failed[i] = probeTarget(ctx, c, fed, t, opts, oidc.WithConnections(each)) })
	}
	all.Wait()
	return fleet, errors.Join(failed...)
}

func probeTarget(ctx context.Context, c *cli.Context, fed *spec.Federation, t target, opts probe.Options, connections oidc.ClientOption) (probe.Result, error) {
	client, err := probeClient(c, fed, t, connections)
	if err != nil {
		return probe.Result{}, err
	}
	defer client.CloseIdleConnections()
	opts.Client = client
	opts.Credentials = clientCredentials(c, fed, t, connections)
	browseAs(c, fed, t, &opts)
	result, err := probe.Run(ctx, fed, opts)
	if err != nil {
		return probe.Result{}, usageError("%s", err)
	}
	result.Controller = t.name
	return result, nil
}
