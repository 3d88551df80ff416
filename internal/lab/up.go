package lab

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// startLimit is how long a whole lab may take to answer before Up gives up.
const startLimit = 4 * time.Minute

// run is one bringing-up, or one change, of a lab.
type run struct {
	lab      *Lab
	options  Options
	progress *progress
	accounts accounts
	mu       sync.Mutex // guards lab.Processes and lab.json
}

func (r *run) up(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, fmt.Errorf("the lab was not ready after %s", startLimit))
	defer cancel()
	begin := time.Now()
	if err := r.progress.phase("folders, CA, secrets", r.layOut); err != nil {
		return err
	}
	if err := together(ctx, r.services()...); err != nil {
		return err
	}
	r.lab.Ready = true
	r.progress.line("%-34s %5.1f s", "lab ready", time.Since(begin).Seconds())
	return r.lab.save()
}

// services are the parts that come up side by side.
func (r *run) services() []func(context.Context) error {
	parts := []func(context.Context) error{r.upKeystone}
	if r.options.Keycloak {
		parts = append(parts, r.upKeycloak)
	}
	if r.options.Light {
		parts = append(parts, r.upLight)
	}
	return parts
}

// upKeystone brings MariaDB with Keystone's tables and the cache, then httpd while the first objects are made.
func (r *run) upKeystone(ctx context.Context) error {
	if err := together(ctx, r.upDatabase, r.upMemcached); err != nil {
		return err
	}
	return together(ctx,
		func(ctx context.Context) error {
			return r.progress.phase("Keystone's first objects", func() error { return r.bootstrap(ctx) })
		},
		func(ctx context.Context) error {
			return r.progress.phase("httpd and Keystone", func() error { return r.startHTTPD(ctx) })
		})
}

// together runs parts side by side; the first failure ends the others, and is the one that is told.
func together(ctx context.Context, parts ...func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	failures := make(chan error, len(parts))
	for _, part := range parts {
		go func() { failures <- part(ctx) }()
	}
	var first error
	for range parts {
		if err := <-failures; err != nil && first == nil {
			first = err
			cancel(errors.New("another part of the lab failed"))
		}
	}
	return first
}
