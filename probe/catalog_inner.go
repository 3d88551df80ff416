package probe

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// innerLimit bounds the look at internal and admin endpoints: from outside of the
// cloud they are seldom reached, which is no failure.
const innerLimit = 3 * time.Second

// innerNotes tell of the internal and admin endpoints, each address once. They are
// asked without any token.
func (v *visit) innerNotes(ctx context.Context, all []keystone.Endpoint) []string {
	var addresses []string
	interfaces := map[string][]string{}
	for _, e := range all {
		if e.Interface == "public" || placeOf(e.URL) == placeOf(v.url) {
			continue
		}
		if interfaces[e.URL] == nil {
			addresses = append(addresses, e.URL)
		}
		interfaces[e.URL] = append(interfaces[e.URL], e.Interface)
	}
	said := v.listen(ctx, addresses)
	var notes []string
	for i, at := range addresses {
		if said[i] != "" {
			notes = append(notes, fmt.Sprintf("%s endpoint %s %s", strings.Join(interfaces[at], " and "), at, said[i]))
		}
	}
	return notes
}

// listen asks the addresses side by side for their version.
func (v *visit) listen(ctx context.Context, addresses []string) []string {
	ctx, cancel := context.WithTimeout(because(ctx, "where the catalog says that Keystone is besides, without a token"), innerLimit)
	defer cancel()
	said := make([]string, len(addresses))
	var all sync.WaitGroup
	for i, at := range addresses {
		all.Go(func() { said[i] = v.versionAt(ctx, at) })
	}
	all.Wait()
	return said
}

// versionAt says what is odd about an address; "" for nothing.
func (v *visit) versionAt(ctx context.Context, at string) string {
	p := placeOf(at)
	if p.scheme != "https" {
		return "is plain http, and was not asked"
	}
	a, err := keystone.Ask(ctx, v.web, keystone.Request{Method: http.MethodGet, URL: keystone.CanonicalURL(at) + "/v3"})
	switch {
	case err != nil:
		return "is not reached from here (" + string(oidc.KindOf(oidc.TransportError(at, err))) + ")"
	case keystone.SelfLink(a.Body) == "":
		return fmt.Sprintf("answers %d, and not as Keystone", a.Status)
	}
	return ""
}
