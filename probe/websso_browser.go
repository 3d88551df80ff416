package probe

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Browser goes the whole way in a real browser: dashboard, issuer, dashboard. It
// ends with its context, shows the password to no other host than the issuer's,
// and leaves nothing on the disk.
type Browser func(context.Context, Walk) Walked

// Walk is the way that a Browser goes.
type Walk struct {
	Dashboard string   // URL of Horizon
	Choice    string   // value of the login choice that stands for the identity provider
	Label     string   // what Horizon shows for it, where the value is another one
	Issuer    []string // hosts (with port) to which the password may be shown
	Username  string
	Password  secret.Value
	// Keys are the base64 SHA-256 of the public keys of the servers' certificates,
	// all of which have been verified: the browser takes them whoever signed them.
	Keys []string
}

// Stage is how far a Browser came.
type Stage string

// The stages, in order.
const (
	NoBrowser Stage = "no browser" // none could be started
	AtChoice  Stage = "choice"     // on the dashboard, before the issuer
	AtIssuer  Stage = "issuer"     // at the issuer's login page, password not sent
	AtReturn  Stage = "return"     // the password is sent, the dashboard not reached
	AtHome    Stage = "home"       // logged in at the dashboard
)

// Walked is how the walk ended. No text of it holds a secret or a query.
type Walked struct {
	Stage      Stage
	Place      string       // scheme, host and path of the last page
	User       string       // in the dashboard's header; "" unless Stage is AtHome
	LoggedOut  bool         // the dashboard's session is ended
	Why        string       // what went wrong; "" if nothing did
	Again      bool         // the issuer shows its login form again
	Screenshot []byte       // PNG of the last page; nil: none could be made
	Token      secret.Value // Keystone's, as handed to the dashboard; empty: none was seen
}

// webssoBrowser has a browser log in.
func webssoBrowser(ctx context.Context, v *visit) outcome {
	if len(v.browsing.dashboards) == 0 {
		return moot(noDashboards)
	}
	if why := v.lacks(keystoneUp, v.described()); why != "" {
		return skipped(why)
	}
	user, password, why := v.person()
	if why != "" {
		return skipped(why)
	}
	keys, at, err := v.serverKeys(ctx)
	if err != nil {
		return v.unreachable(at, err)
	}
	w := v.opts.Browser(ctx, Walk{
		Dashboard: v.browsing.dashboards[0], Choice: v.found.ID, Label: v.idp.DisplayName.Value,
		Issuer: v.issuerHosts(), Username: user, Password: password, Keys: keys,
	})
	if !w.Token.Empty() {
		v.handed = append(v.handed, v.hold(w.Token))
	}
	o := v.walked(ctx, w)
	o.shot = w.Screenshot
	return o
}

// serverKeys asks each server of the way for its certificate, which the client has
// verified, and gives the hashes of their keys (RFC 7469, section 2.4).
func (v *visit) serverKeys(ctx context.Context) (keys []string, at string, err error) {
	for _, place := range []string{v.browsing.dashboards[0], v.url + "/v3", v.loginPage()} {
		req, err := http.NewRequestWithContext(ctx, http.MethodHead, place, nil)
		if err != nil {
			return nil, place, err
		}
		resp, err := v.web.Do(req)
		if err != nil {
			return nil, place, err
		}
		_ = resp.Body.Close()
		sum := sha256.Sum256(resp.TLS.PeerCertificates[0].RawSubjectPublicKeyInfo)
		keys = append(keys, base64.StdEncoding.EncodeToString(sum[:]))
	}
	slices.Sort(keys)
	return slices.Compact(keys), "", nil
}

func (v *visit) issuerHosts() []string {
	hosts := []string{hostPart(v.loginPage())}
	if v.doc != nil {
		hosts = append(hosts, hostPart(v.doc.Issuer))
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// walked judges how the walk ended.
func (v *visit) walked(ctx context.Context, w Walked) outcome {
	notes := afterWalk(w)
	f := &fault{words: map[string]string{"seen": w.Place, "user": w.User, "what": w.Why, "want": v.found.User}}
	switch {
	case w.Stage == NoBrowser:
		return skipped(w.Why)
	case w.Again:
		f.fact, f.words["seen"] = symptom.WebssoPassword, v.idp.Probe.Username.Value
	case w.Stage == AtHome && w.Why == "" && v.isExpected(w.User):
		return outcome{verdict: Pass, notes: notes}
	case w.Stage == AtHome:
		f.fact = symptom.BrowserOtherUser
	default:
		f.fact = map[Stage]symptom.Fact{AtChoice: symptom.BrowserNoChoice, AtIssuer: symptom.BrowserNoForm, AtReturn: symptom.BrowserNotBack}[w.Stage]
	}
	return v.lost(ctx, "websso-browser", []*fault{f}, notes, nil)
}

func afterWalk(w Walked) []string {
	notes := []string{"ended at " + w.Place}
	switch {
	case w.Stage != AtHome:
		return append(notes, "what stays: a session at the issuer if it took the password")
	case w.LoggedOut:
		notes = append(notes, "user "+w.User+", logged out")
	default:
		notes = append(notes, "user "+w.User+", not logged out: the dashboard's session stays")
	}
	return append(notes, "what stays: a session at the issuer; and, until they expire, the Keystone tokens that the dashboard made for projects")
}

// isExpected: the dashboard shows the user that the exchange has given. That one may
// be another where the token was not got with the same user's password.
func (v *visit) isExpected(shown string) bool {
	if v.idp.Probe.Grant.Value != "password" || v.found.User == "" {
		return shown != ""
	}
	return strings.EqualFold(shown, v.found.User)
}

// ofIssuer: the place may see the issuer's password.
func (v *visit) ofIssuer(u *url.URL) bool {
	return u.Scheme == "https" && slices.Contains(v.issuerHosts(), u.Host)
}
