package symptom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// wire is an answer as it comes, before anybody says whose it is.
type wire struct {
	status int
	header map[string]string
	body   string
}

func (w wire) answer() keystone.Answer {
	a := keystone.Answer{Status: w.status, Header: http.Header{}, Body: []byte(w.body)}
	for name, value := range w.header {
		a.Header.Set(name, value)
	}
	a.AnsweredBy = keystone.Classify(a)
	return a
}

func itself(status int, message string) wire {
	return wire{status, nil, fmt.Sprintf(`{"error":{"code":%d,"message":%q,"title":"t"}}`, status, message)}
}

func page(status int, challenge string) wire {
	w := wire{status, map[string]string{"Content-Type": "text/html"}, "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>"}
	if challenge != "" {
		w.header["Www-Authenticate"] = challenge
	}
	return w
}

const (
	generic  = "The request you have made requires authentication."
	noBearer = `Bearer error="invalid_request", error_description="No bearer token found in the request"`
	badJWT   = `Bearer error="invalid_token", error_description="JWT token could not be validated"`
)

// One answer with several causes, parted by what is known and by second answers.
func TestOneAnswerSeveralCauses(t *testing.T) {
	module := map[string]wire{"garbage-token": page(401, badJWT), "no-token": page(401, noBearer), "again": page(401, noBearer), "again-2": page(401, noBearer), "again-3": page(401, noBearer)}
	with := func(name string, w wire, more ...wire) map[string]wire {
		out := map[string]wire{}
		for k, v := range module {
			out[k] = v
		}
		out[name] = w
		for i, v := range more {
			out[[]string{"forged-issuer"}[i]] = v
		}
		return out
	}
	forbidden := itself(403, "You are not authorized to perform the requested action.")
	crash := page(500, "")
	cases := map[string]struct {
		first  wire
		facts  Facts
		second map[string]wire
		slug   string
	}{
		"401, httpd did not look":       {itself(401, generic), Facts{}, map[string]wire{"garbage-token": itself(401, generic), "upper-case": itself(401, generic), "lower-case": itself(401, generic), "prefixed": wire{404, nil, "<!doctype html>\n<html lang=en>"}}, "path-uncovered"},
		"401, another case":             {itself(401, generic), Facts{}, map[string]wire{"garbage-token": itself(401, generic), "upper-case": page(401, noBearer)}, "section-in-another-case"},
		"401, below a prefix":           {itself(401, generic), Facts{}, map[string]wire{"garbage-token": itself(401, generic), "upper-case": itself(401, generic), "lower-case": itself(401, generic), "prefixed": page(401, noBearer)}, "section-with-prefix"},
		"401, no rule":                  {itself(401, generic), Facts{Rules: Rules{Fact: NoRuleFits}}, module, "no-rule-fits"},
		"401, local user":               {itself(401, generic), Facts{Rules: Rules{Fact: LocalUserWanted}}, module, "local-user-missing"},
		"401, header read":              {itself(401, generic), Facts{Rules: Rules{Fact: UserMade}}, with("own-login", itself(401, generic), forbidden), "remote-id-attribute-of-headers"},
		"401, rules take it":            {itself(401, generic), Facts{Rules: Rules{Fact: UserMade}}, with("own-login", itself(401, generic), itself(401, generic)), "remote-id-attribute"},
		"401, one controller":           {itself(401, generic), Facts{Rules: Rules{Fact: UserMade}}, with("again-2", itself(401, generic)), "controllers-differ"},
		"401, nothing known":            {itself(401, generic), Facts{}, module, "claims-refused"},
		"401, Keystone tells":           {itself(401, "Could not find Identity Provider identifier in environment"), Facts{}, module, "remote-id-attribute"},
		"401, Keystone tells of a user": {itself(401, "Unable to reconcile identity attribute user_id"), Facts{}, module, "external-clash"},
		"403, an admin sees":            {forbidden, Facts{Cloud: &Cloud{Found: true, RemoteIDs: []string{names.Issuer}}}, module, "idp-disabled"},
		"403, an admin sees the slash":  {forbidden, Facts{Cloud: &Cloud{Found: true, Enabled: true, RemoteIDs: []string{names.Issuer + "/"}}}, module, "issuer-unknown"},
		"403, also without a claim":     {forbidden, Facts{}, with("own-login", forbidden), "idp-disabled"},
		"403, not without a claim":      {forbidden, Facts{}, with("own-login", itself(401, generic)), "issuer-unknown"},
		"403, nothing answers":          {forbidden, Facts{}, module, "issuer-unknown-or-idp-disabled"},
		"page 401, everybody":           {page(401, ""), Facts{}, map[string]wire{"garbage-token": page(401, ""), "browser": wire{302, map[string]string{"Location": "https://sso.test/?redirect_uri=a&state=b"}, ""}}, "browser-only"},
		"page 401, this token":          {page(401, ""), Facts{}, module, "require-refused"},
		"page 401, other audience":      {page(401, ""), Facts{Token: Token{Checked: true, Problems: []Problem{{Check: "aud", Seen: "account"}}}}, module, "token-audience"},
		"JWT, expired":                  {page(401, badJWT), Facts{Token: Token{Checked: true, Problems: []Problem{{Check: "exp", Seen: "then"}}}}, module, "token-expired"},
		"JWT, sound":                    {page(401, badJWT), Facts{Token: Token{Checked: true}}, module, "keys-at-httpd"},
		"page 500, everything":          {crash, Facts{}, map[string]wire{"redirect-is-path": crash, "version": crash, "no-token": crash}, "wsgi-broken"},
		"page 500, the path":            {crash, Facts{}, map[string]wire{"redirect-is-path": crash, "version": itself(200, "v"), "no-token": crash}, "authtype-unknown"},
		"page 500, the handler":         {crash, Facts{}, map[string]wire{"redirect-is-path": wire{200, nil, "<title>Submitting...</title>"}, "version": itself(200, "v"), "no-token": crash}, "redirect-uri-is-the-path"},
		"page 500, this token":          {crash, Facts{}, map[string]wire{"redirect-is-path": page(401, ""), "version": itself(200, "v"), "no-token": page(401, noBearer)}, "keystone-crash"},
		"page 500, the rules":           {crash, Facts{Rules: Rules{Fact: RulesCrash}}, nil, "rules-crash"},
		"page 403, everywhere":          {page(403, ""), Facts{}, map[string]wire{"garbage-token": page(403, ""), "sibling": page(403, "")}, "path-denied"},
		"page 403, this token":          {page(403, ""), Facts{}, module, "require-refused"},
		"page 404, mounted elsewhere":   {page(404, ""), Facts{}, map[string]wire{"identity": itself(200, "v")}, "mounted-elsewhere"},
		"page 503, the gate":            {page(503, ""), Facts{}, map[string]wire{"version": itself(200, "v")}, "gate-down"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.facts.Step, c.facts.Names, c.facts.Answer = "exchange", names, c.first.answer()
			d := Explain(t.Context(), c.facts, answering(c.second))
			if d.Slug != c.slug {
				t.Errorf("%s, want %s; asked: %q", d.Slug, c.slug, d.Evidence)
			}
		})
	}
}

func answering(all map[string]wire) Asker {
	return func(_ context.Context, q Question) (keystone.Answer, error) {
		if w, ok := all[q.Name]; ok {
			return w.answer(), nil
		}
		return keystone.Answer{}, errors.New("nobody answers")
	}
}

// However many symptoms are left, few questions are asked; none without an asker;
// and what nobody knows is told as what it is.
func TestBounds(t *testing.T) {
	asked := 0
	silent := func(context.Context, Question) (keystone.Answer, error) {
		asked++
		return keystone.Answer{}, errors.New("nobody answers")
	}
	f := Facts{Step: "exchange", Names: names, Answer: itself(401, generic).answer(), Rules: Rules{Fact: UserMade}}
	if d := Explain(t.Context(), f, silent); asked == 0 || asked > mostQuestions || d.Slug == "" {
		t.Errorf("%d questions, %q", asked, d.Slug)
	}
	if d := Explain(t.Context(), f, nil); d.Slug == "" || len(d.Asked) != 0 {
		t.Errorf("without an asker: %+v", d)
	}
	f.Answer = keystone.Answer{Status: 418, AnsweredBy: keystone.ByProxy, Took: time.Second}
	if d := Explain(t.Context(), f, silent); d.Slug != "" || d.Cause != "an answer 418 of proxy, which was not expected here" {
		t.Errorf("%+v", d)
	}
}
