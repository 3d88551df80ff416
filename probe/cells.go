package probe

import (
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// trial is a cell to be asked: who asks what where, and who has to refuse.
type trial struct {
	kind    string
	token   string
	visit   *visit // whose path it is
	door    string // an identity provider's id, or the path
	path    string
	request keystone.Request
	want    wish
	facts   []symptom.Fact // what it means if it is let in
	after   *other         // not to be asked before its time; nil: at any time
	once    bool           // cold only
	fault   error          // why there is nothing to ask with: nothing is proven then
}

// The kinds of cells, as Cell.Kind has them: a provider's own token, one of another
// client, what the description says must be refused, a token of the other kind, and
// what probe forges.
const (
	KindOwn     = "own"
	KindForeign = "foreign"
	KindRefused = "must-be-refused"
	KindOther   = "other-kind"
	KindForged  = "forged-token"
	KindHeaders = "forged-headers"
	KindIssuer  = "forged-issuer"
)

// wish is what a cell's answer has to be.
type wish string

const (
	letIn       wish = "201 keystone"
	refused     wish = "refused by httpd"
	unforged    wish = "401 keystone, or refused by httpd"
	notKeystone wish = "not answered by keystone"
)

// bogus is an issuer that cannot exist (RFC 2606).
const bogus = "https://probe.invalid"

// bearerTrial asks at the visit's own path, for a token that must be refused.
func (v *visit) bearerTrial(kind, name string, token secret.Value, facts ...symptom.Fact) trial {
	t := v.doorTrial(kind, name, v.found.ID, http.Header{"Authorization": {"Bearer " + token.Reveal()}})
	t.facts = facts
	return t
}

// doorTrial asks at the /auth path of an id.
func (v *visit) doorTrial(kind, name, id string, header http.Header) trial {
	t := v.pathTrial(kind, name, keystone.AuthPath(id, v.found.Protocol), header)
	t.door = id
	return t
}

func (v *visit) pathTrial(kind, name, path string, header http.Header) trial {
	return trial{kind: kind, token: name, visit: v, door: path, path: path, want: refused,
		request: keystone.Request{Method: http.MethodPost, URL: v.url + path, Header: header}}
}

// blank is the cell before it is asked.
func (t trial) blank(when string) Cell {
	return Cell{
		Kind: t.kind, Token: t.token, Provider: t.visit.found.ID, Door: t.door, Path: t.path,
		When: when, Want: string(t.want), AnsweredBy: keystone.ByNobody,
	}
}

// key names what was asked where, at any time.
func (c Cell) key() string { return c.Kind + " " + c.Token + " " + c.Path }
