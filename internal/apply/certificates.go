package apply

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// What Keystone calls the parts of a certificate's subject and issuer
// (keystone/api/os_oauth2.py, _tls_client_auth).
const (
	subjectVariable = "SSL_CLIENT_SUBJECT_DN_"
	issuerVariable  = "SSL_CLIENT_ISSUER_DN_CN"
)

// certificates plans the mapping that says which user a certificate stands for
// (keystone.conf, oauth2_cert_dn_mapping_id). No protocol names it.
func (p *planner) certificates(ctx context.Context, fed *spec.Federation) error {
	if !fed.OAuth2.Takes(spec.TLSClientAuth) {
		return nil
	}
	m := fed.OAuth2.MTLS
	rules, err := json.Marshal([]any{certificateRule(m)})
	if err != nil {
		return err
	}
	wanted := keystone.Mapping{ID: m.Mapping.Value, Rules: rules}
	p.fit(&wanted)
	change := Change{Kind: Mapping, Object: wanted.ID, Action: None, phase: setMappings}
	now, err := p.read.Mapping(ctx, wanted.ID)
	switch {
	case keystone.IsNotFound(err):
		change.Action, change.do = Create, p.mappingCreator(wanted)
	case err != nil:
		return fmt.Errorf("mapping %s: %w", wanted.ID, err)
	default:
		if err := compareMappings(&change, now, wanted); err != nil {
			return fmt.Errorf("mapping %s: %w", wanted.ID, err)
		}
		change.do = func(ctx context.Context) error { return p.api.UpdateMapping(ctx, wanted) }
		p.foreignCertificates(m, change)
	}
	p.add(change)
	return nil
}

// foreignCertificates: nothing tells whose a mapping is, and this one says who may
// come in as whom.
func (p *planner) foreignCertificates(m *spec.MTLS, change Change) {
	if change.Action == Update && !p.opts.Adopt {
		p.find("not-ours", finding.Error, m.At,
			"see what would change with `fedstone apply --plan --adopt`, and take it over with --adopt; or name another one: mapping: …",
			"Keystone has a mapping %q with other rules, which says whom certificates stand for: it stays as it is", m.Mapping)
	}
}

// certificateRule gives what Keystone compares with the user: each value of the
// subject has the number of its place.
func certificateRule(m *spec.MTLS) map[string]any {
	user, domain, remote := map[string]any{}, map[string]any{}, []any{}
	for _, part := range []struct {
		of   map[string]any
		name string
		from spec.Text
	}{{user, "name", m.User.Name}, {user, "id", m.User.ID}, {user, "email", m.User.Email}, {domain, "name", m.User.Domain}, {domain, "id", m.User.DomainID}} {
		if part.from.Given() {
			part.of[part.name] = fmt.Sprintf("{%d}", len(remote))
			remote = append(remote, map[string]any{"type": subjectVariable + strings.ToUpper(part.from.Value)})
		}
	}
	if len(domain) > 0 {
		user["domain"] = domain
	}
	var issuers []string
	for _, i := range m.Issuers {
		issuers = append(issuers, i.Value)
	}
	remote = append(remote, map[string]any{"type": issuerVariable, "any_one_of": issuers})
	return map[string]any{"local": []any{map[string]any{"user": user}}, "remote": remote}
}
