package probe

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// Drawable is a run on servers for a report to be drawn of. Drawing stands above this
// room, so its tests stand outside of the package.
type Drawable struct {
	Result
	Nameless func(text string) string // takes the servers' ports out
}

// Works is a walk of three issuers in which everything works.
func Works(t *testing.T) Drawable {
	return newCloud(t, "corp", "partner", "campus").walk(t)
}

// PartnerRefused is a walk in which Keystone lets one of two issuers in.
func PartnerRefused(t *testing.T) Drawable {
	c := newCloud(t, "corp", "partner")
	c.at(authPath("partner"), func(w http.ResponseWriter, _ *http.Request) { refuse(w, 403) })
	return c.walk(t)
}

// WrongAudience is a walk with a failure that leads to second questions.
func WrongAudience(t *testing.T) Drawable {
	c := newCloud(t, "corp", "partner")
	c.ops["corp"].Claims["aud"] = "account"
	return c.walk(t)
}

func (c *cloud) walk(t *testing.T) Drawable {
	opts := c.options(t)
	opts.Isolation = true
	return Drawable{run(t, c, opts), c.nameless}
}

// Still takes out what differs from run to run: times, keys and certificates.
func (w Drawable) Still() Result {
	r := w.Result
	r.Providers = slices.Clone(r.Providers)
	for i := range r.Providers {
		r.Providers[i].Seen = Seen{}
		r.Providers[i].Steps = slices.Clone(r.Providers[i].Steps)
		for j := range r.Providers[i].Steps {
			r.Providers[i].Steps[j].Start, r.Providers[i].Steps[j].Took = 0, 7*time.Millisecond
			r.Providers[i].Steps[j].Requests = nil
		}
	}
	return r
}

func (c *cloud) nameless(text string) string {
	text = strings.ReplaceAll(text, c.web.URL, "https://keystone.test")
	for name, op := range c.ops {
		text = strings.ReplaceAll(text, op.URL, "https://"+name+".test")
	}
	return text
}
