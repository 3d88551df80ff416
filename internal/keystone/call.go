package keystone

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/gophercloud/gophercloud/v2"
)

// resource is the URL of a resource: a fixed collection below /v3, then ids and
// words that are escaped, so that an id cannot reach another path.
func resource(c *gophercloud.ServiceClient, collection string, ids ...string) string {
	parts := []string{collection}
	for _, id := range ids {
		parts = append(parts, url.PathEscape(id))
	}
	return c.ServiceURL(strings.Join(parts, "/"))
}

func get(ctx context.Context, c *gophercloud.ServiceClient, answer any, collection string, ids ...string) error {
	_, err := c.Get(ctx, resource(c, collection, ids...), answer, &gophercloud.RequestOpts{OkCodes: []int{http.StatusOK}})
	return Explain(err)
}

// put creates, as OS-FEDERATION does: the id stands in the path.
func put(ctx context.Context, c *gophercloud.ServiceClient, body any, collection string, ids ...string) error {
	_, err := c.Put(ctx, resource(c, collection, ids...), body, nil, &gophercloud.RequestOpts{OkCodes: []int{http.StatusCreated}})
	return Explain(err)
}

func patch(ctx context.Context, c *gophercloud.ServiceClient, body any, collection string, ids ...string) error {
	_, err := c.Patch(ctx, resource(c, collection, ids...), body, nil, &gophercloud.RequestOpts{OkCodes: []int{http.StatusOK}})
	return Explain(err)
}

func remove(ctx context.Context, c *gophercloud.ServiceClient, collection string, ids ...string) error {
	_, err := c.Delete(ctx, resource(c, collection, ids...), &gophercloud.RequestOpts{OkCodes: []int{http.StatusNoContent}})
	return Explain(err)
}
