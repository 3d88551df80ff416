package spec

import (
	"fmt"
	"slices"
)

func (l *loader) probe(idp *IdentityProvider) {
	p := idp.Probe
	if p == nil {
		return
	}
	for _, n := range p.needs() {
		if !n.given {
			l.fail("probe-needs", p.Grant.At, fmt.Sprintf("grant %s needs probe.%s", p.Grant.Value, n.name), n.example)
		}
	}
	l.clientID(p.Client.ID, "probe.client.id")
	l.scopes(p.Scopes, "probe.scopes", false)
	l.localPath(p.TokenFile, "probe.token_file")
	l.name(p.Project, "probe.project", 64)
	l.heldBy(idp)
	l.foreign(idp)
}

// need is one key that a grant cannot do without.
type need struct {
	name, example string
	given         bool
}

func (p *Probe) needs() []need {
	id := need{"client", "client: {id: keystone-cli, secret: {env: CLI_SECRET}}", p.Client.ID.Given()}
	switch p.Grant.Value {
	case "client_credentials":
		return []need{id, {"client.secret", "secret: {env: CLI_SECRET}", p.Client.Secret.At.Path != "" || p.Client.Secret.Given()}}
	case "password":
		return []need{id, {"username", "username: alice", p.Username.Given()},
			{"password", "password: {env: ALICE_PASSWORD}", p.Password.At.Start.Known() || p.Password.Given()}}
	case "file":
		return []need{{"token_file", "token_file: token.jwt", p.TokenFile.Given()}}
	default:
		return nil
	}
}

// heldBy: the token that probe fetches is held by probe.client, so httpd would
// refuse it where bearer.clients does not list that.
func (l *loader) heldBy(idp *IdentityProvider) {
	id := idp.Probe.Client.ID
	if id.Given() && !lists(idp.Bearer.Clients, id.Value) {
		l.warn("probe-client", id.At, fmt.Sprintf("probe logs in as client %s, which bearer.clients does not list: its token will be refused", show(id.Value)),
			fmt.Sprintf("bearer: {clients: [%s]}", id.Value))
	}
}

// foreign: a client whose token has to be refused cannot be one that is let in.
func (l *loader) foreign(idp *IdentityProvider) {
	f := idp.Probe.Foreign
	if f == nil || !f.ID.Given() {
		return
	}
	l.clientID(f.ID, "probe.foreign.id")
	if lists(idp.Bearer.Clients, f.ID.Value) {
		l.fail("probe-foreign", f.ID.At, fmt.Sprintf("client %s is in bearer.clients, so its token is let in; foreign is for one that must be refused", show(f.ID.Value)), "")
	}
}

func lists(all []Text, value string) bool {
	return slices.ContainsFunc(all, func(t Text) bool { return t.Value == value })
}
