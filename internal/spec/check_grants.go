package spec

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// part is a key of probe that only some grants have a use for.
type part struct {
	name    string
	example string
	at      finding.Range // of what was given; zero: nothing was
	needed  []string      // by these grants
	used    []string      // by these too
}

func (p *Probe) parts() []part {
	return []part{
		{"client", "client: {id: keystone-cli, secret: {env: CLI_SECRET}}", p.Client.ID.At,
			[]string{"client_credentials", "password", "device", "code", "refresh"}, nil},
		{"client.secret", "secret: {env: CLI_SECRET}, or key: client.pem", p.Client.credentialAt(),
			[]string{"client_credentials"}, grantNames()}, // where it has no use the client has none either
		{"username", "username: alice", p.Username.At, []string{"password"}, grantNames()}, // and of a login at the issuer's page
		{"password", "password: {env: ALICE_PASSWORD}", p.Password.At, []string{"password"}, grantNames()},
		{"refresh_token", "refresh_token: {file: refresh.token}", p.RefreshToken.At, []string{"refresh"}, nil},
		{"token_file", "token_file: token.jwt", p.TokenFile.At, []string{"file"}, nil},
		{"token", "token: {exec: [print-token]}", p.Token.At, []string{"exec"}, nil},
		{"redirect_port", "", p.RedirectPort.At, nil, []string{"code"}},
	}
}

// credentialAt is where the client's secret or key is named.
func (c Client) credentialAt() finding.Range {
	if c.Key.Given() {
		return c.Key.At
	}
	return c.Secret.At
}

// grantNeeds holds what was given against what the grant needs and uses.
func (l *loader) grantNeeds(p *Probe) {
	grant := p.Grant.Value
	if grant == "" {
		return // reported already
	}
	for _, part := range p.parts() {
		given := part.at.Start.Known()
		switch {
		case !given && slices.Contains(part.needed, grant):
			l.fail("probe-needs", p.Grant.At, fmt.Sprintf("grant %s needs probe.%s", grant, part.name), part.example)
		case given && !slices.Contains(append(part.needed, part.used...), grant):
			l.warn("probe-unused", part.at, fmt.Sprintf("grant %s has no use for probe.%s", grant, part.name), "delete it, or choose another grant")
		}
	}
	if grant == "exec" && p.Token.At.Start.Known() && len(p.Token.Exec) == 0 && !l.failedAt(p.Token.At) {
		l.fail("probe-needs", p.Token.At, "probe.token is not a command, as grant exec needs; for a file there is grant file", "token: {exec: [print-token]}")
	}
}
