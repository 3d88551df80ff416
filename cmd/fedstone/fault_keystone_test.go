package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// keystoneFault is a Keystone that is not there, or answers as it should not.
type keystoneFault struct {
	upset func(c caller, at *cloud)
	says  []string
}

func keystoneFaults() map[string]keystoneFault {
	const login, list, roles = "POST /v3/auth/tokens", "GET /v3/OS-FEDERATION/identity_providers", "GET /v3/roles"
	return map[string]keystoneFault{
		"down":            {authURL("https://127.0.0.1:1"), []string{"logging in at https://127.0.0.1:1", "connection refused", "start the service, or correct the port"}},
		"an unknown name": {authURL("https://keystone.nowhere.invalid"), []string{"keystone.nowhere.invalid", "check"}},
		"in clear text":   {authURL("http://keystone.example.org:5000"), []string{"in clear text", "only https is used"}},
		"wrong CA":        {func(c caller, at *cloud) { c.env["OS_CACERT"] = c.file("other.pem", otherCA(c.t)) }, []string{"certificate", "--ca-file or keystone.ca_file"}},
		"silent": {stands(login, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		}), []string{"logging in at", "Timeout", "raise --timeout"}},
		"wrong password":      {stands(login, status401), []string{"answer 401", "the credentials are wrong"}},
		"broken":              {stands(login, refusing500), []string{"answer 500", "An unexpected error", "Keystone's log"}},
		"behind a dead proxy": {stands(login, text(503, "text/html", "<html>no backend</html>")), []string{"answer 503", "no backend"}},
		"a redirect": {stands(login, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example.org/", http.StatusTemporaryRedirect)
		}), []string{"answer 307", "redirects are not followed", "give the address it points to"}},
		"a web page for a token": {stands(login, text(201, "text/html", "<html>hello</html>")), []string{"logging in at", "invalid character '<'", "not what the identity API says"}},
		"no token in the answer": {stands(login, text(201, "application/json", `{"token": {}}`)), []string{"logging in at", "X-Subject-Token"}},
		"a web page for a list":  {stands(list, text(200, "text/html", "<html>hello</html>")), []string{"identity providers", "not what the identity API says"}},
		"nothing for a list":     {stands(list, text(200, "application/json", "")), []string{"identity providers", "not what the identity API says"}},
		"an array for a list":    {stands(list, text(200, "application/json", "[1]")), []string{"identity providers", "not what the identity API says"}},
		"a web page for roles":   {stands(roles, text(200, "text/html", "<html>hello</html>")), []string{"roles", "not what the identity API says"}},
		"no rights":              {stands(list, func(w http.ResponseWriter, _ *http.Request) { keystonetest.Refuse(w, 403, "You are not authorized.") }), []string{"answer 403", "needs the role admin"}},
		"cut off":                {stands(roles, cutOff), []string{"roles", "EOF"}},
	}
}

// TestKeystoneFaults: every fault ends with status 3, changes nothing, and
// leaves no token; without the fault the same call works.
func TestKeystoneFaults(t *testing.T) {
	for name, fault := range keystoneFaults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, at := newCaller(t), newCloud(t)
			at.described(c, "https://sso.example.org", at.CAFile)
			c.env["OS_AUTH_URL"], c.env["OS_CACERT"] = at.TLS, at.CAFile
			fault.upset(c, at)
			for _, args := range [][]string{{"apply"}, {"apply", "--plan"}, {"apply", "--format", "json"}} {
				done := c.run(append(args, "--timeout", timeout(name == "silent"))...)
				done.expect(t, exitFailed, fault.says...)
				done.silent(t)
			}
			if n, writes := at.ValidTokens(), at.Writes(); n != 0 || len(writes) != 0 {
				t.Errorf("%d tokens are still valid; changes: %q", n, writes)
			}
		})
	}
}

// TestApplyFailsInTheMiddle: what was done is told and stays, what is left is
// done by the next run.
func TestApplyFailsInTheMiddle(t *testing.T) {
	const protocol = "PUT /v3/OS-FEDERATION/identity_providers/corp/protocols/openid"
	faults := map[string]keystoneFault{
		"500":     {stands(protocol, refusing500), []string{"answer 500", "6 of 7 changes were made", "run apply again"}},
		"503":     {stands(protocol, text(503, "text/html", "<html>no backend</html>")), []string{"answer 503", "6 of 7 changes were made"}},
		"cut off": {stands(protocol, cutOff), []string{"EOF", "6 of 7 changes were made"}},
		"silent":  {stands(protocol, func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }), []string{"6 of 7 changes were made", "raise --timeout"}},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, at := newCaller(t), newCloud(t)
			at.described(c, "https://sso.example.org", at.CAFile)
			c.env["OS_AUTH_URL"], c.env["OS_CACERT"] = at.TLS, at.CAFile
			fault.upset(c, at)
			c.run("apply", "--timeout", timeout(name == "silent")).expect(t, exitFailed, fault.says...)
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
			at.at(protocol, nil)
			c.run("apply").expect(t, exitClean, "1 to create")
			c.run("apply", "--plan").expect(t, exitClean, "7 unchanged")
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
		})
	}
}

// TestProbeWithoutKeystone: nobody to ask is a run that could not be.
func TestProbeWithoutKeystone(t *testing.T) {
	cases := map[string]struct {
		upset  func(c caller, at *cloud)
		status int
		says   []string
	}{
		"down":                   {func(_ caller, at *cloud) { at.TLS = "https://127.0.0.1:1" }, exitFailed, []string{"connection refused", "start the service"}},
		"an unknown name":        {func(_ caller, at *cloud) { at.TLS = "https://keystone.nowhere.invalid" }, exitFailed, []string{"does not resolve"}},
		"wrong CA":               {func(c caller, at *cloud) { at.CAFile = c.file("other.pem", otherCA(c.t)) }, exitFailed, []string{"not trusted here", "--ca-file or `keystone: {ca_file: …}`"}},
		"a CA file that is none": {func(c caller, at *cloud) { at.CAFile = c.file("other.pem", "hello") }, exitUsage, []string{"other.pem", "no certificate in PEM"}},
		"no CA file":             {func(_ caller, at *cloud) { at.CAFile = "missing.pem" }, exitUsage, []string{"missing.pem", "no such file"}},
		"a proxy alone":          {stands("GET /v3", text(503, "text/html", "<html>no backend</html>")), exitFindings, []string{"503"}},
		"nothing wrong":          {func(caller, *cloud) {}, exitClean, []string{"service-cli"}},
	}
	for name, k := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, op, at := newCaller(t), optest.New(t), newCloud(t)
			k.upset(c, at)
			at.described(c, op.URL, at.CAFile)
			c.run("probe").expect(t, k.status, k.says...)
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
		})
	}
}

func authURL(url string) func(caller, *cloud) {
	return func(c caller, _ *cloud) { c.env["OS_AUTH_URL"] = url }
}

func stands(request string, h http.HandlerFunc) func(caller, *cloud) {
	return func(_ caller, at *cloud) { at.at(request, h) }
}

func text(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func status401(w http.ResponseWriter, _ *http.Request) {
	keystonetest.Refuse(w, http.StatusUnauthorized, "The request you have made requires authentication.")
}

func refusing500(w http.ResponseWriter, _ *http.Request) {
	keystonetest.Refuse(w, http.StatusInternalServerError, "An unexpected error prevented the server from fulfilling your request.")
}

// cutOff ends the connection without an answer.
func cutOff(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func otherCA(t *testing.T) string {
	_, text := certificate(t, nothing)
	return strings.TrimSpace(string(text))
}
