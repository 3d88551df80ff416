package symptom

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Fact is something that is known besides the answer, in words for a person.
type Fact string

// What the checks of the token show. They count where the token is judged: at the
// step token-check, and where httpd refused it.
const (
	Opaque         Fact = "the token is no JWT"
	OddHeader      Fact = "the token's header has what a bearer has no use for"
	Unsigned       Fact = "the token's signature does not hold with the issuer's keys"
	OtherIssuer    Fact = "the token's iss is another issuer"
	Expired        Fact = "the token has expired"
	TooEarly       Fact = "the token does not hold yet"
	OtherAud       Fact = "the token's aud lacks the audience"
	OtherClient    Fact = "the token was issued to another client"
	OtherKind      Fact = "the token's typ is of another kind"
	SoundToken     Fact = "every check of the token passed"
	LargeToken     Fact = "the token has more than 7000 bytes"
	SlowAnswer     Fact = "the answer took four seconds or more"
	SameHost       Fact = "the redirect points at Keystone's own host"
	PlainHTTP      Fact = "the redirect differs in the scheme alone"
	NoUser         Fact = "the description's rules refuse these claims"
	UserMade       Fact = "the description's rules take these claims"
	IDPDisabled    Fact = "Keystone's identity provider is disabled"
	NoRemoteIDs    Fact = "Keystone's identity provider has no remote ids"
	RemoteIDGone   Fact = "the issuer is not among Keystone's remote ids"
	GenericMessage Fact = "the message is Keystone's generic one"
	RemoteIDHeld   Fact = "the issuer is among Keystone's remote ids, and the identity provider is enabled"
)

// slow is the time from which a module waits for somebody else: its own limit is
// five seconds (OIDCHTTPTimeoutShort).
const slow = 4 * time.Second

// large is near the 8190 bytes that httpd takes for a header (LimitRequestFieldSize).
const large = 7000

func (f Facts) known() map[Fact]bool {
	known := map[Fact]bool{
		SlowAnswer:     f.Answer.Took >= slow,
		LargeToken:     f.Token.Size > large,
		SameHost:       f.Answer.RedirectHost() != "" && f.Answer.RedirectHost() == hostOf(f.Names.Keystone),
		PlainHTTP:      f.plainHTTP(),
		NoUser:         f.Rules.Evaluated && !f.Rules.Login,
		GenericMessage: !f.shows("unsupported method"),
		UserMade:       f.Rules.Evaluated && f.Rules.Login,
	}
	for _, m := range f.Marks {
		known[m] = true
	}
	f.tokenFacts(known)
	f.cloudFacts(known)
	return known
}

func (f Facts) plainHTTP() bool {
	path, _, _ := strings.Cut(locationPath(f.Answer), "?")
	return f.Answer.RedirectHost() != "" && path == f.Names.Path()
}

// hostOf gives the host and port of a URL.
func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// checks tells which check of a token stands for which fact.
func checks() map[string]Fact {
	return map[string]Fact{
		"form": Opaque, "header": OddHeader, "signature": Unsigned, "iss": OtherIssuer, "exp": Expired,
		"nbf": TooEarly, "iat": TooEarly, "aud": OtherAud, "client": OtherClient, "typ": OtherKind,
	}
}

func (f Facts) tokenFacts(known map[Fact]bool) {
	if !f.Token.Checked || f.Step != "token-check" && !f.refusedByHTTPD() {
		return
	}
	for _, p := range f.Token.Problems {
		known[checks()[p.Check]] = true
	}
	known[SoundToken] = len(f.Token.Problems) == 0
}

// refusedByHTTPD: the token was refused before it came to Keystone.
func (f Facts) refusedByHTTPD() bool {
	layers := []keystone.AnsweredBy{keystone.ByHTTPD, keystone.ByOpenIDC, keystone.ByOAuth2}
	statuses := []int{http.StatusUnauthorized, http.StatusForbidden}
	return f.Step == exchange && slices.Contains(layers, f.Answer.AnsweredBy) && slices.Contains(statuses, f.Answer.Status)
}

// tokenWords name the first problem of the token, and all of them.
func (f Facts) tokenWords() []string {
	words := []string{"{problems}", f.Token.problems()}
	for _, p := range f.Token.Problems {
		words = append(words, "{"+p.Check+"}", p.Seen, "{mend-"+p.Check+"}", p.Mend)
	}
	return words
}

func (f Facts) cloudFacts(known map[Fact]bool) {
	c := f.Cloud
	if c == nil || !c.Found {
		return
	}
	held := slices.Contains(c.RemoteIDs, f.Names.Issuer)
	known[IDPDisabled] = !c.Enabled
	known[NoRemoteIDs] = len(c.RemoteIDs) == 0
	known[RemoteIDGone] = !held
	known[RemoteIDHeld] = held && c.Enabled
}

func (f Facts) cloudWords() []string {
	if f.Cloud == nil {
		return nil
	}
	return []string{"{remote_ids}", strings.Join(f.Cloud.RemoteIDs, ", "), "{attribute}", f.Cloud.Attribute, "{mapping}", f.Cloud.Mapping}
}
