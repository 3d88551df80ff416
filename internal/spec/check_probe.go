package spec

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

func (l *loader) probe(idp *IdentityProvider) {
	p := idp.Probe
	if p == nil {
		return
	}
	l.grantNeeds(p)
	l.client(p.Client, "probe.client")
	l.scopes(p.Scopes, "probe.scopes", false)
	l.localPath(p.TokenFile, "probe.token_file")
	l.name(p.Project, "probe.project", 64)
	l.heldBy(idp)
	l.foreign(idp)
	l.expectation(p)
	l.refusedTokens(p.Refused)
}

// client checks a client of probe.
func (l *loader) client(c Client, what string) {
	l.clientID(c.ID, what+".id")
	l.localPath(c.Key, what+".key")
	if c.Key.Given() && c.Secret.At.Start.Known() {
		l.fail("client-credential", c.Key.At, what+" has a secret and a key, expected one of them", "delete one")
	}
	if c.AuthMethod.Given() && !c.Secret.At.Start.Known() {
		l.fail("client-credential", c.AuthMethod.At, what+" has no secret that could be sent by "+c.AuthMethod.Value, "secret: {env: CLIENT_SECRET}")
	}
}

// confidential reports whether a client can show who it is.
func (c Client) confidential() bool {
	return c.Key.Given() || c.Secret.Given() || c.Secret.At.Start.Known()
}

// ownTokens: a client that is to get a token for itself needs a credential.
func (l *loader) ownTokens(c Client, what string) {
	l.client(c, what)
	if c.ID.Given() && !c.confidential() {
		l.fail("probe-needs", c.ID.At, what+" has neither a secret nor a key, so that it gets no token", "secret: {env: CLIENT_SECRET}")
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
	l.ownTokens(*f, "probe.foreign")
	if lists(idp.Bearer.Clients, f.ID.Value) {
		l.fail("probe-foreign", f.ID.At, fmt.Sprintf("client %s is in bearer.clients, so its token is let in; foreign is for one that must be refused", show(f.ID.Value)), "")
	}
}

func (l *loader) expectation(p *Probe) {
	e := p.Expect
	if e == nil {
		return
	}
	if p.User.Given() && e.User.At != p.User.At {
		l.twice("probe-user", finding.Error, e.User.At, p.User.At, "probe.expect.user and probe.user say the same thing", "delete probe.user")
	}
	l.name(e.User, "probe.expect.user", 255)
	l.name(e.Domain, "probe.expect.domain", 64)
	for _, t := range slices.Concat(e.Groups, e.Projects, e.Roles) {
		l.name(t, "a name in probe.expect", 255)
	}
}

// refusedTokens: the token may be one of a client that is let in, since it may be
// refused for another reason, such as its age.
func (l *loader) refusedTokens(all []Refused) {
	var names []Text
	for _, r := range all {
		names = append(names, r.Name)
		l.id(r.Name, "name of a refused token")
		l.localPath(r.TokenFile, "the file of a refused token")
		what := "refused token " + show(r.Name.Value)
		if r.Client.ID.Given() {
			l.ownTokens(r.Client, "the client of "+what)
		}
		if r.Client.ID.Given() == r.TokenFile.Given() {
			l.fail("refused-token", r.Name.At, what+" has not exactly one of client and token_file", "client: {id: other, secret: {env: OTHER_SECRET}}")
		}
		if r.Name.Value == "foreign" {
			l.fail("refused-token", r.Name.At, `the name "foreign" is that of probe.foreign's token`, "choose another name")
		}
	}
	l.collide("refused-token", "name of a refused token", names)
}

func lists(all []Text, value string) bool {
	return slices.ContainsFunc(all, func(t Text) bool { return t.Value == value })
}
