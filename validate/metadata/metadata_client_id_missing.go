package metadata

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataClientIDMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-client-id-missing",
		Severity: finding.Error,
		Title:    "a .client file has no client_id",
		Why: "Without a text `client_id` the module takes the file for one that is not there: it logs \"JSON metadata did not contain a \\\"client_id\\\" string\" and registers a client of its own, or ends the login. " +
			"A number is no text here, and `clientId`, as other programs write it, is another name.",
		Mend:   "Write the id that the client has at the issuer, in quotes.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_is_valid",
		After:  []string{"metadata-name-wrong", "metadata-not-json"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if !object(i.Client) || textOf(i.Client, "client_id") != "" {
				return
			}
			f := finding.Finding{Message: "client_id is missing, expected the id of the client at " + i.name(), Hint: `"client_id": "ID"`}
			at := member(i.Client, "client_id")
			if _, ok := integer(at); ok {
				f.Message = "client_id is " + kindOf(at) + ", expected a text: the module does not take it"
				f.Hint, f.Fix = `"client_id": "…"`, quotedNumber(at, i.Client)
			} else if m := alike(i.Client, "client_id", "clientId", "clientid", "client-id", "ClientID", "id", "clientID"); m != nil {
				f.Message = m.Key + " is not read, expected client_id"
				f.Fix = renamed(m, "client_id")
				at = &engine.Node{At: m.KeyAt}
			}
			i.on(p, i.Client, at, f)
		}),
	}
}

// quotedNumber is a fix that makes a text of a number, as it is written.
func quotedNumber(n *engine.Node, e *subject.Entry) *finding.Fix {
	return written(n, `"`+string(e.Src[n.At.Start.Byte:n.At.End.Byte])+`"`)
}

// alike gives the member of a file that has one of other names for a key.
func alike(e *subject.Entry, key string, others ...string) *engine.Member {
	for _, m := range members(e) {
		for _, o := range others {
			if m.Key == o && m.Key != key {
				return &m
			}
		}
	}
	return nil
}

// renamed is a fix that writes a member's name anew.
func renamed(m *engine.Member, key string) *finding.Fix {
	return &finding.Fix{Title: "write " + quoted(key), Edits: []finding.Edit{{At: m.KeyAt, Text: quoted(key)}}}
}
