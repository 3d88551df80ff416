package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
)

// sample is a made-up run of a cloud, for the drawing of reports: what the steps
// themselves find is tested on servers.
type sample struct {
	providers, controllers int
	matrix                 bool
}

func (s sample) fleet() probe.Fleet {
	var out probe.Fleet
	for i := range s.controllers {
		r := probe.Result{}
		if s.controllers > 1 {
			r.Controller = fmt.Sprintf("ctl%d", i)
		}
		for j := range s.providers {
			r.Providers = append(r.Providers, sampleWalk(fmt.Sprintf("idp-%03d", j)))
		}
		if s.matrix {
			r.Isolation = sampleMatrix(r.Providers)
		}
		out = append(out, r)
	}
	return out
}

const ms = time.Millisecond

// What a cell's answer has to be.
const (
	letIn   = "201 keystone"
	refused = "refused by httpd"
)

// sampleWalk is a walk in which everything passed.
func sampleWalk(id string) probe.Provider {
	issuer := "https://sso.test/realms/" + id
	p := probe.Provider{ID: id, Issuer: issuer, Protocol: "openid", User: "alice", Shadows: []string{"alice (" + id + ")"}, Projects: []string{"ops", "研究開発"}, Seen: probe.Seen{
		TokenExpires: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), KeystoneExpires: time.Date(2030, 1, 2, 4, 4, 5, 0, time.UTC),
		KeyIDs: []string{"key-1"}, Certificates: []probe.Certificate{{Host: "keystone.test:5000", NotAfter: time.Date(2030, 6, 1, 0, 0, 0, 0, time.UTC)}},
	}}
	at := time.Duration(0)
	step := func(name string, by keystone.AnsweredBy, status int, method, url string, notes ...string) {
		r := probe.Request{Method: method, URL: url, Status: status, Start: at, First: 18 * ms, Done: 19 * ms}
		if at == 0 || name == "discovery" {
			r.DNS, r.TCP, r.TLS = 2*ms, 3*ms, 9*ms
		}
		p.Steps = append(p.Steps, probe.Step{Name: name, Verdict: probe.Pass, Status: status, AnsweredBy: by, Start: at, Took: 20 * ms, Requests: []probe.Request{r}, Notes: notes})
		at += 21 * ms
	}
	cloud := "https://keystone.test:5000"
	step("reach", keystone.ByItself, 200, "GET", cloud+"/v3")
	step("discovery", keystone.ByIDP, 200, "GET", issuer+"/.well-known/openid-configuration")
	step("jwks", keystone.ByIDP, 200, "GET", issuer+"/jwks", "keys for signatures: 2")
	step("token", keystone.ByIDP, 200, "POST", issuer+"/token", "by grant client_credentials")
	step("token-check", keystone.ByIDP, 200, "GET", issuer+"/jwks", "signed by key-1", "ends in 5m0s")
	step("no-token", keystone.ByOpenIDC, 401, "POST", cloud+keystone.AuthPath(id, "openid"))
	step("garbage-token", keystone.ByOpenIDC, 401, "POST", cloud+keystone.AuthPath(id, "openid"))
	step("websso", keystone.ByOpenIDC, 302, "GET", cloud+"/v3/auth/OS-FEDERATION/identity_providers/"+id+"/protocols/openid/websso")
	step("exchange", keystone.ByItself, 201, "POST", cloud+keystone.AuthPath(id, "openid"))
	step("body", keystone.ByItself, 201, "GET", cloud+"/v3/auth/tokens")
	step("projects", keystone.ByItself, 200, "GET", cloud+"/v3/auth/projects", "2 listed")
	step("rescope", keystone.ByItself, 201, "POST", cloud+"/v3/auth/tokens", "project ops")
	step("catalog", keystone.ByItself, 200, "GET", cloud+"/v3/auth/catalog", "12 endpoints")
	step("revoke", keystone.ByItself, 204, "DELETE", cloud+"/v3/auth/tokens", "Keystone tokens ended: 2")
	return p
}

// breaks makes a step fail, and skips those that need it.
func breaks(p *probe.Provider, name string, with probe.Step) *probe.Step {
	failed := -1
	for i := range p.Steps {
		s := &p.Steps[i]
		switch {
		case s.Name == name:
			failed = i
			with.Name, with.Verdict, with.Start, with.Took = name, probe.Fail, s.Start, s.Took
			if with.Requests == nil {
				with.Requests = s.Requests
				with.Requests[0].Status = with.Status
			}
			*s = with
		case failed >= 0:
			*s = probe.Step{Name: s.Name, Verdict: probe.Skip, Cause: "needs a Keystone token (exchange)", Start: s.Start}
		}
	}
	p.User, p.Projects = "", nil
	return &p.Steps[failed]
}

func notRegistered(p probe.Provider) probe.Step {
	return probe.Step{
		Status: 403, AnsweredBy: keystone.ByItself, Symptom: "remote-id-unknown",
		Cause: "the token's issuer is not among the remote_ids of " + p.ID + ", or the identity provider is disabled",
		Mend:  "openstack identity provider set --enable --remote-id " + p.Issuer + " " + p.ID + " (`fedstone apply` does it); it is compared byte for byte, the final slash too",
		Notes: []string{"answer: The request you have made requires authentication.", "asked Keystone for its version: 200 keystone"},
		Findings: []finding.Finding{{Slug: "remote-id-slash", Severity: finding.Error, Message: "the remote id ends in a slash, the issuer does not",
			At: finding.Range{Path: "etc/keystone/keystone.conf", Start: finding.Pos{Line: 2, Column: 1}, End: finding.Pos{Line: 2, Column: 10}}}},
	}
}

// sampleMatrix is a matrix in which everything is as it must be.
func sampleMatrix(list []probe.Provider) []probe.Cell {
	var out []probe.Cell
	add := func(token, provider, door, when string, want string, status int, by keystone.AnsweredBy) {
		path := keystone.AuthPath(door, "openid")
		out = append(out, probe.Cell{Kind: kindOf(token), Token: token, Provider: provider, Door: door, Path: path, When: when, Want: want, Status: status, AnsweredBy: by, Verdict: probe.Pass})
	}
	for _, when := range []string{"cold", "after-use"} {
		for i, holder := range list {
			for j := range min(len(list), probe.MostDoors) {
				door := list[(i+j)%len(list)]
				if j == 0 {
					add(holder.ID, door.ID, door.ID, when, letIn, 201, keystone.ByItself)
					add(holder.ID+"/foreign", door.ID, door.ID, when, refused, 401, keystone.ByHTTPD)
					continue
				}
				add(holder.ID, door.ID, door.ID, when, refused, 401, keystone.ByOpenIDC)
				add(holder.ID+"/foreign", door.ID, door.ID, when, refused, 401, keystone.ByOpenIDC)
			}
			for _, kind := range sampleForgeries {
				add(holder.ID+"/"+kind, holder.ID, holder.ID, when, refused, 401, keystone.ByOpenIDC)
			}
		}
	}
	for _, p := range list {
		add("forged headers", p.ID, p.ID, "cold", refused, 401, keystone.ByOpenIDC)
	}
	return out
}

// sampleForgeries are some of the tokens that the matrix forges.
var sampleForgeries = strings.Fields("alg-none alg-None own-key unknown-kid no-kid jku jwk x5c hs256-pem hs256-der changed-claims changed-exp changed-nbf no-signature cut-signature garbage")

func kindOf(token string) string {
	switch {
	case strings.HasSuffix(token, "/foreign"):
		return probe.KindForeign
	case strings.Contains(token, "/"):
		return probe.KindForged
	case token == "forged headers":
		return probe.KindHeaders
	}
	return probe.KindOwn
}

// screenshot is a small picture of nothing.
func screenshot() []byte {
	img := image.NewGray(image.Rect(0, 0, 320, 180))
	for x := range 320 {
		img.SetGray(x, x*180/320, color.Gray{Y: 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a bytes.Buffer never fails
	return b.Bytes()
}

// samples are the reports that are drawn and looked at.
func samples() map[string]probe.Fleet {
	out := map[string]probe.Fleet{
		"passed": sample{3, 1, true}.fleet(), "refused": sample{3, 1, true}.fleet(), "many": sample{20, 3, true}.fleet(),
		"broken": sample{4, 1, false}.fleet(), "unproven": sample{1, 1, false}.fleet(), "hostile": sample{2, 2, true}.fleet(),
	}
	one := &out["refused"][0].Providers[1]
	breaks(one, "exchange", notRegistered(*one)).Screenshot = screenshot()
	breakCells(out["refused"][0].Isolation)
	breakMany(out["many"])
	breakEach(out["broken"][0].Providers)
	out["unproven"][0].Providers[0].Steps[3] = probe.Step{Name: "token", Verdict: probe.Skip, Cause: "the description has no `probe: {…}`"}
	makeHostile(out["hostile"])
	return out
}

// breakCells lets a token in where it must not be.
func breakCells(cells []probe.Cell) {
	for i := range cells {
		if c := &cells[i]; c.Token == "idp-000" && c.Provider == "idp-002" && c.When == "after-use" {
			c.Verdict, c.Critical, c.Status, c.AnsweredBy = probe.Fail, true, 201, keystone.ByItself
			c.Cause = "CRITICAL: idp-000 was let in at " + c.Path + "; the Keystone token was revoked at once"
			c.Mend = "<Location " + c.Path + "> needs AuthType and, in <RequireAll>, `Require claim iss:https://sso.test/realms/idp-002` and the client's claim (`fedstone render` writes it)"
		}
	}
}

// breakMany fails one provider everywhere, and another at one controller.
func breakMany(f probe.Fleet) {
	for i := range f {
		p := &f[i].Providers[7]
		breaks(p, "exchange", notRegistered(*p))
	}
	breaks(&f[1].Providers[12], "no-token", probe.Step{Status: 503, AnsweredBy: keystone.ByProxy, Symptom: "proxy-unavailable",
		Cause: "a proxy in front has no httpd to ask", Mend: "see that httpd runs on the controllers"})
}

// breakEach fails each provider at another hop.
func breakEach(list []probe.Provider) {
	breaks(&list[0], "reach", probe.Step{AnsweredBy: keystone.ByNobody, Cause: "keystone.test:5000: connection refused", Mend: "see that httpd listens there", Symptom: "connection-refused"})
	breaks(&list[1], "token", probe.Step{Status: 401, AnsweredBy: keystone.ByIDP, Cause: "the issuer refuses the client: invalid_client", Mend: "correct `probe: {client: {secret: …}}`"})
	breaks(&list[2], "discovery", probe.Step{AnsweredBy: keystone.ByNobody, Cause: "sso.test: no such host", Mend: "correct `issuer:`, or the resolver"})
	breaks(&list[3], "exchange", probe.Step{Status: 401, AnsweredBy: keystone.ByOpenIDC, Symptom: "bearer-invalid", Cause: "httpd could not verify the token, which the issuer's own keys verify",
		Mend: "set `OIDCOAuthVerifyJwksUri https://sso.test/realms/idp-003/jwks` in the vhost"})
}
