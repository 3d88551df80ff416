package symptom

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/mapping"
)

// Fact is something that is known besides the answer, in words for a person.
type Fact string

// What the checks of the token show. They count where the token is judged: at the
// step token-check, and where httpd refused it.
const (
	Opaque      Fact = "the token is no JWT"
	OddHeader   Fact = "the token's header has what a bearer has no use for"
	OddAlg      Fact = "the token is not signed by a key that is the issuer's alone"
	Unsigned    Fact = "the token's signature does not hold with the issuer's keys"
	OtherIssuer Fact = "the token's iss is another issuer"
	Expired     Fact = "the token has expired"
	TooEarly    Fact = "the token does not hold yet"
	OtherAud    Fact = "the token's aud lacks the audience"
	OtherClient Fact = "the token was issued to another client"
	OtherKind   Fact = "the token's typ is of another kind"
)

// What the answer and the walk so far show.
const (
	LargeToken    Fact = "the token has more than 7000 bytes"
	SlowAnswer    Fact = "the answer took four seconds or more"
	SamePath      Fact = "the redirect points at the same path"
	Placeholder   Fact = "the path that was asked is /secure"
	ProjectListed Fact = "Keystone has listed the project for this user, as enabled"
	URLHasPath    Fact = "keystone.url has a path"
	OddProtocol   Fact = "the protocol is not openid, saml2, mapped or x509"
	GroupsGiven   Fact = "the rules give groups by name"
	ForeignPassed Fact = "the token's iss is another issuer, and Keystone took it"
)

// What Keystone's objects show to an admin.
const (
	IDPDisabled  Fact = "Keystone's identity provider is disabled"
	RemoteIDGone Fact = "the issuer is not among Keystone's remote ids"
	OddAttribute Fact = "the protocol has a remote_id_attribute of its own, which is not OIDC-iss"
)

// slow is the time from which a module waits for somebody else: its own limit is
// five seconds (OIDCHTTPTimeoutShort).
const slow = 4 * time.Second

// large is near the 8190 bytes that httpd takes for a header (LimitRequestFieldSize).
const large = 7000

func (f Facts) known() map[Fact]bool {
	known := map[Fact]bool{
		SlowAnswer:    f.Answer.Took >= slow,
		LargeToken:    f.Token.Size > large,
		SamePath:      f.samePath(),
		Placeholder:   strings.HasSuffix(f.Names.Keystone, "/secure"),
		f.Rules.Fact:  true,
		URLHasPath:    pathOf(f.Names.Keystone) != "",
		OddProtocol:   !slices.Contains([]string{"openid", "saml2", "mapped", "x509"}, f.Names.Protocol),
		GroupsGiven:   len(f.Rules.Groups) > 0,
		GroupIDsGiven: len(f.Rules.GroupIDs) > 0,
	}
	for _, m := range f.Marks {
		known[m] = true
	}
	f.tokenFacts(known)
	f.cloudFacts(known)
	return known
}

// samePath: the redirect goes to another scheme, host or port only.
func (f Facts) samePath() bool {
	path, _, _ := strings.Cut(locationPath(f.Answer), "?")
	return f.Answer.RedirectHost() != "" && strings.TrimRight(path, "/") != "" && strings.HasSuffix(pathOf(f.Names.Keystone)+f.path(), path)
}

// path is what was asked.
func (f Facts) path() string {
	if f.Asked != "" {
		return f.Asked
	}
	if f.Step == "reach" {
		return "/v3"
	}
	return f.Names.Path()
}

// originOf gives a URL's scheme, host and port.
func originOf(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// pathOf gives a URL's path, without a final slash.
func pathOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	_, path, found := strings.Cut(rest, "/")
	if !found {
		return ""
	}
	return "/" + strings.TrimRight(path, "/")
}

// checks tells which check of a token stands for which fact.
func checks() map[string]Fact {
	return map[string]Fact{
		"form": Opaque, "alg": OddAlg, "header": OddHeader, "signature": Unsigned, "iss": OtherIssuer, "exp": Expired,
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
	known[IDPDisabled] = !c.Enabled
	known[RemoteIDGone] = !slices.Contains(c.RemoteIDs, f.Names.Issuer)
	known[OddAttribute] = c.Attribute != "" && c.Attribute != mapping.RemoteID
}

func (f Facts) cloudWords() []string {
	if f.Cloud == nil {
		return nil
	}
	return []string{"{remote_ids}", cmp.Or(strings.Join(f.Cloud.RemoteIDs, ", "), "none"), "{attribute}", f.Cloud.Attribute, "{mapping}", f.Cloud.Mapping}
}
