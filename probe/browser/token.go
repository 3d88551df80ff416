package browser

import (
	"context"
	"net/url"
	"sync"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/secret"
)

// handed is the Keystone token that the last page handed to the dashboard, seen on
// its way: the page itself is gone too soon.
type handed struct {
	mu    sync.Mutex
	token secret.Value
}

func (h *handed) listen(ctx context.Context) error {
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	return chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			h.see(e.Request)
		}
	})
}

func (h *handed) see(r *network.Request) {
	if r.Method != "POST" {
		return
	}
	for _, part := range r.PostDataEntries {
		values, err := url.ParseQuery(string(part.Bytes))
		if token := values.Get("token"); err == nil && token != "" {
			h.mu.Lock()
			h.token = secret.New(token)
			h.mu.Unlock()
		}
	}
}

func (h *handed) value() secret.Value {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.token
}
