package probe

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

func TestSAMLWorks(t *testing.T) {
	for name, w := range map[string]*samlWorld{"beside a service provider of the test's": newSAMLWorld(t), "with mod_auth_mellon": newMellonWorld(t, nil)} {
		t.Run(name, func(t *testing.T) {
			r := w.run(t, w.options(t))
			if !r.OK() {
				t.Errorf("failed: %s", told(r))
			}
			if strings.Contains(told(r), "wonderland") {
				t.Error("the report has the password")
			}
			w.cloud.expectAllRevoked(t)
		})
	}
}

// samlFault is something that goes wrong, where it shows, and by which symptom.
type samlFault struct {
	harm    func(*samlWorld)
	step    string
	symptom string
	by      keystone.AnsweredBy
}

// TestSAMLFaultsOfMellon: what the real mod_auth_mellon answers, mostly with the same
// 400, is told apart.
func TestSAMLFaultsOfMellon(t *testing.T) {
	cases := map[string]samlFault{
		"the provider's clock is ahead":     {func(w *samlWorld) { w.idp.Clock = time.Hour }, "ecp-consume", "saml-clock-ahead", keystone.ByHTTPD},
		"the provider's clock is behind":    {func(w *samlWorld) { w.idp.Clock = -time.Hour }, "ecp-consume", "saml-clock-behind", keystone.ByHTTPD},
		"the assertion has expired":         {func(w *samlWorld) { w.idp.Life = -2 * time.Minute }, "ecp-consume", "saml-assertion-expired", keystone.ByHTTPD},
		"nothing is signed":                 {func(w *samlWorld) { w.idp.Unsigned = true }, "ecp-consume", "saml-unsigned", keystone.ByHTTPD},
		"signed anew by another key":        {func(w *samlWorld) { w.idp.Forge = true }, "ecp-consume", "saml-key-changed", keystone.ByHTTPD},
		"changed after it was signed":       {func(w *samlWorld) { w.idp.Tamper = true }, "ecp-consume", "saml-assertion-refused", keystone.ByHTTPD},
		"a certificate rolled over at once": {func(w *samlWorld) { w.idp.Roll(t) }, "ecp-consume", "saml-assertion-refused", keystone.ByHTTPD},
		"another entity":                    {func(w *samlWorld) { w.idp.Says = "https://other.test/" }, "ecp-consume", "saml-issuer-other", keystone.ByHTTPD},
		"a wrong password":                  {func(w *samlWorld) { w.idp.Password = "other" }, "ecp-login", "saml-password", keystone.ByIDP},
		"another consumer":                  {func(w *samlWorld) { w.idp.Consumer = "https://evil.test/x" }, "ecp-login", "saml-other-consumer", keystone.ByIDP},
		"a semicolon in Accept":             {func(w *samlWorld) { w.alter = semicolon }, "ecp-request", "ecp-headers-changed", keystone.ByMellon},
		"no header PAOS":                    {func(w *samlWorld) { w.alter = func(r *http.Request) { r.Header.Del("PAOS") } }, "ecp-request", "ecp-headers-changed", keystone.ByMellon},
		"no header of ECP at all":           {func(w *samlWorld) { w.alter = bare }, "ecp-request", "ecp-not-heard", keystone.ByMellon},
		"the session's cookie is lost":      {func(w *samlWorld) { w.alter = func(r *http.Request) { r.Header.Del("Cookie") } }, "ecp-exchange", "saml-session-lost", keystone.ByMellon},
		"attributes that no rule can do without": {func(w *samlWorld) {
			delete(w.idp.Attributes, "username")
			w.enter = func(rw http.ResponseWriter, _ *http.Request) { refuse(rw, 401) }
		}, "ecp-exchange", "saml-attribute-missing", keystone.ByItself},
		"Keystone refuses what it is told": {entering(401), "ecp-exchange", "saml-claims-refused", keystone.ByItself},
		"Keystone knows no such provider":  {entering(403), "ecp-exchange", "saml-idp-unknown-to-keystone", keystone.ByItself},
		"Keystone has no mapping":          {entering(404), "ecp-exchange", "saml-objects-missing", keystone.ByItself},
		"Keystone does not understand":     {entering(400), "ecp-exchange", "saml-session-refused", keystone.ByItself},
		"Keystone takes no GET":            {entering(405), "ecp-exchange", "saml-method-refused", keystone.ByItself},
		"too large for Keystone":           {entering(413), "ecp-exchange", "saml-request-too-large", keystone.ByItself},
		"Keystone fails":                   {entering(500), "ecp-exchange", "saml-server-failed", keystone.ByItself},
		"Keystone is away":                 {entering(503), "ecp-exchange", "saml-server-away", keystone.ByItself},
	}
	w := newMellonWorld(t, nil)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { w.expect(t, c) })
	}
	t.Run("the same assertion twice", func(t *testing.T) {
		w.idp.Replay = true
		if r := w.run(t, w.options(t)); !r.OK() {
			t.Errorf("the first time: %s", told(r))
		}
		w.expect(t, samlFault{func(w *samlWorld) { w.idp.Replay = true }, "ecp-consume", "saml-assertion-replayed", keystone.ByHTTPD})
	})
}

// TestSAMLMisconfigured: faults of the service provider's own.
func TestSAMLMisconfigured(t *testing.T) {
	cases := map[string]struct {
		change func(*labtest.MellonSite)
		want   samlFault
	}{
		"no consumer for ECP": {func(s *labtest.MellonSite) { s.NoPAOS = true }, samlFault{nil, "ecp-request", "saml-sp-broken", keystone.ByHTTPD}},
		"the path is open": {func(s *labtest.MellonSite) {
			s.Require, s.More = "all granted", []string{"MellonEnable off", "AuthType None"}
		}, samlFault{nil, "no-session", "saml-path-open", keystone.ByItself}},
		"a Require that fails": {func(s *labtest.MellonSite) { s.Require = "user nobody" }, samlFault{nil, "ecp-request", "saml-path-refused", keystone.ByHTTPD}},
		"closed": {func(s *labtest.MellonSite) {
			s.Require, s.More = "all denied", []string{"MellonEnable off", "AuthType None"}
		}, samlFault{nil, "no-session", "saml-path-denied", keystone.ByHTTPD}},
		"a size that is too small": {func(s *labtest.MellonSite) { s.Server = []string{"LimitRequestBody 100"} }, samlFault{nil, "ecp-consume", "saml-too-large", keystone.ByHTTPD}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { newMellonWorld(t, c.change).expect(t, c.want) })
	}
}

func semicolon(r *http.Request) {
	if r.Header.Get("PAOS") != "" {
		r.Header.Set("Accept", "text/html; application/vnd.paos+xml")
	}
}

func bare(r *http.Request) {
	if r.Header.Get("PAOS") != "" {
		r.Header.Del("PAOS")
		r.Header.Set("Accept", "*/*")
	}
}

func entering(status int) func(*samlWorld) {
	return func(w *samlWorld) { w.enter = func(rw http.ResponseWriter, _ *http.Request) { refuse(rw, status) } }
}

// expect runs a probe with the harm done, and undoes it.
func (w *samlWorld) expect(t *testing.T, c samlFault) {
	t.Helper()
	defer w.mend()
	if c.harm != nil {
		c.harm(w)
	}
	r := w.run(t, w.options(t))
	s := r.Providers[0].Decisive()
	if s == nil || s.Verdict != Fail || s.Name != c.step || s.Symptom != c.symptom || s.AnsweredBy != c.by {
		t.Fatalf("want %s at %s by %s: %+v", c.symptom, c.step, c.by, s)
	}
	if s.Cause == "" || s.Mend == "" || strings.ContainsAny(s.Cause, "{}") {
		t.Errorf("%+v", s)
	}
	if strings.Contains(told(r), "wonderland") || strings.Contains(told(r), "evil.test/x?") {
		t.Errorf("told: %s", told(r))
	}
	w.cloud.expectAllRevoked(t)
}

func (w *samlWorld) mend() {
	w.idp.Mend()
	w.idp.Attributes["username"] = []string{"alice"}
	w.alter, w.enter = nil, nil
}
