package iam

import (
	"context"
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// KeyReport is how the service's copy of an issuer's keys stands to the issuer.
type KeyReport struct {
	IDP     string       `json:"idp"`
	OK      bool         `json:"ok"` // every key that the issuer publishes is there
	Keys    []string     `json:"keys"`
	Missing []MissingKey `json:"missing,omitempty"`
	Stale   []string     `json:"stale,omitempty"`   // in the copy, and not published any more
	Problem string       `json:"problem,omitempty"` // why there is no copy to compare
}

// MissingKey is a published key that the service does not know: whoever comes with a
// token that it signed is refused.
type MissingKey struct {
	ID    string     `json:"kid"`
	Since *time.Time `json:"since,omitempty"` // from which its certificate holds, where the issuer publishes one
	Other bool       `json:"other_key,omitempty"`
}

// CheckKeys compares the copies with the issuers' keys of now, and changes nothing. The
// error is about the service or an issuer that does not answer as it should.
func CheckKeys(ctx context.Context, api Client, fed *spec.Federation, ask func(context.Context, spec.IdentityProvider) (Issuer, error)) ([]KeyReport, error) {
	var out []KeyReport
	for _, idp := range fed.IdentityProviders {
		issuer, err := ask(ctx, idp)
		if err != nil {
			return out, fmt.Errorf("identity provider %s: %w", idp.ID, err)
		}
		one := KeyReport{IDP: idp.ID.Value, Keys: issuer.Keys.IDs()}
		now, err := api.Configuration(ctx, idp.ID.Value)
		switch {
		case keystone.IsNotFound(err):
			one.Problem = "the service has no OpenID Connect configuration of it"
		case err != nil:
			return out, fmt.Errorf("identity provider %s: its OpenID Connect configuration: %w", idp.ID, err)
		default:
			one.compare(now.SigningKey, issuer.Keys)
		}
		out = append(out, one)
	}
	return out, nil
}

func (r *KeyReport) compare(pasted string, live *oidc.Keys) {
	copied, err := oidc.ParseKeys([]byte(pasted))
	if err != nil {
		r.Problem = "signing_key is no key set: " + err.Error()
		return
	}
	drift := oidc.DriftOf(copied, live)
	for _, m := range drift.Missing {
		key := MissingKey{ID: m.ID, Other: m.Other}
		if !m.Since.IsZero() {
			key.Since = &m.Since
		}
		r.Missing = append(r.Missing, key)
	}
	r.Stale, r.OK = drift.Stale, len(drift.Missing) == 0
}

// Lines are the report for a person.
func (r KeyReport) Lines() []string {
	if r.Problem != "" {
		return []string{fmt.Sprintf("%s: %s; mend: fedstone apply", r.IDP, r.Problem)}
	}
	var out []string
	for _, m := range r.Missing {
		out = append(out, fmt.Sprintf("%s: signing_key lacks the issuer's key %q%s; mend: fedstone apply", r.IDP, m.ID, m.consequence()))
	}
	for _, id := range r.Stale {
		out = append(out, fmt.Sprintf("%s: signing_key still has the key %q, which the issuer does not publish any more; mend: fedstone apply", r.IDP, id))
	}
	if len(out) == 0 {
		out = []string{fmt.Sprintf("%s: signing_key has all %d keys of the issuer", r.IDP, len(r.Keys))}
	}
	return out
}

func (m MissingKey) consequence() string {
	text := ": tokens that it signs are refused"
	if m.Other {
		text = ", but another one of that id" + text
	}
	if m.Since != nil {
		text += " (the key was made at " + m.Since.UTC().Format(time.RFC3339) + ")"
	}
	return text
}
