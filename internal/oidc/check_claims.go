package oidc

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

func (c *checker) audience() {
	if c.want.Audience == "" {
		return
	}
	got, err := c.audiences()
	mend := fmt.Sprintf("have the provider put %s into aud (Keycloak: an audience mapper on the client), or set `bearer: {audience: …}` to what it sends", c.want.Audience)
	switch {
	case err != nil:
		c.fail("aud", err.Error(), c.want.Audience, mend)
	case slices.Contains(got, c.want.Audience):
		c.pass("aud", strings.Join(got, ", "))
	default:
		c.fail("aud", listed(got), c.want.Audience, mend)
	}
}

// audiences reads aud, which is a string or a list of strings (RFC 7519, 4.1.3).
func (c *checker) audiences() ([]string, error) {
	if one, err := c.token.Claims.Text("aud"); err == nil {
		if one == "" {
			return nil, nil
		}
		return []string{one}, nil
	}
	return c.token.Claims.Texts("aud")
}

func listed(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	return strings.Join(values, ", ")
}

func (c *checker) client() {
	if len(c.want.Clients) == 0 {
		return
	}
	name, got, err := c.clientID()
	allowed := strings.Join(c.want.Clients, ", ")
	switch {
	case err != nil:
		c.fail("client", name+" is not a string", allowed, "")
	case slices.Contains(c.want.Clients, got):
		c.pass("client", name+" "+got)
	case got == "":
		c.fail("client", "no "+name, allowed, "set `bearer: {client_claim: …}` to the claim in which this provider names the client")
	default:
		c.fail("client", name+" "+got, allowed, fmt.Sprintf("log in with an allowed client, or add it: `bearer: {clients: [%s, %s]}`", allowed, got))
	}
}

func (c *checker) clientID() (name, value string, err error) {
	names := []string{"azp", "client_id"}
	if c.want.ClientClaim != "" {
		names = []string{c.want.ClientClaim}
	}
	for _, name = range names {
		if value, err = c.token.Claims.Text(name); err != nil || value != "" {
			return name, value, err
		}
	}
	return strings.Join(names, " or "), "", nil
}

func (c *checker) times() {
	if exp, ok := c.instant("exp", true); ok {
		c.judgeTime("exp", exp, exp.After(c.want.Now.Add(-slack)), "in the future", "take a fresh token: this one has expired")
	}
	if nbf, ok := c.instant("nbf", false); ok {
		c.judgeTime("nbf", nbf, nbf.Before(c.want.Now.Add(slack)), "not in the future", "compare the clocks of this machine and of the provider")
	}
	if iat, ok := c.instant("iat", false); ok {
		c.judgeTime("iat", iat, iat.Before(c.want.Now.Add(slack)), "not in the future", "compare the clocks of this machine and of the provider")
	}
}

func (c *checker) judgeTime(name string, at time.Time, ok bool, expected, mend string) {
	seen := fmt.Sprintf("%s (%s)", at.UTC().Format(time.RFC3339), away(at.Sub(c.want.Now)))
	if ok {
		c.pass(name, seen)
		return
	}
	c.fail(name, seen, expected, mend)
}

func away(d time.Duration) string {
	d = d.Round(time.Second)
	if d < 0 {
		return (-d).String() + " ago"
	}
	return "in " + d.String()
}

// instant reads a NumericDate (RFC 7519 section 2). A value that is no number,
// or none that a calendar can hold, fails the check of that name.
func (c *checker) instant(name string, required bool) (time.Time, bool) {
	raw, ok := c.token.Claims[name]
	if !ok {
		if required {
			c.fail(name, "none", "a number of seconds", "have the provider set "+name)
		}
		return time.Time{}, false
	}
	var seconds float64
	if string(raw) == "null" || json.Unmarshal(raw, &seconds) != nil || math.Abs(seconds) > 1e11 {
		c.fail(name, string(raw), "a number of seconds", "httpd refuses such a token: have the provider correct "+name)
		return time.Time{}, false
	}
	return time.UnixMilli(int64(seconds * 1000)), true
}
