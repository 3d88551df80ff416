package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// printed runs `fedstone token` where a token on standard output is what is wished.
func (c caller) printed(args ...string) called {
	c.t.Helper()
	cmd := c.command(append([]string{"token"}, args...)...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	_ = cmd.Run() // the status tells
	for _, canary := range canaries {
		if strings.Contains(said.String(), canary) {
			c.t.Errorf("%q tells a secret (%s…):\n%s", cmd.Args, canary, said.String())
		}
	}
	return called{cmd.ProcessState.ExitCode(), out.String(), said.String()}
}

// counting counts the requests of a path to a cloud.
func (c *cloud) counting(request string) *int {
	n := new(int)
	c.at(request, func(w http.ResponseWriter, r *http.Request) {
		*n++
		c.usual(w, r)
	})
	return n
}

func (c caller) cacheFiles() []string {
	c.t.Helper()
	files, err := filepath.Glob(filepath.Join(c.dir, ".cache", "fedstone", "tokens", "*.json"))
	if err != nil {
		c.t.Fatal(err)
	}
	return files
}

// TestToken: the token and nothing else, once; then from the cache, and by nobody's help.
func TestToken(t *testing.T) {
	c, op, at := describedCaller(t)
	exchanges := at.counting("POST " + corpAuth)
	first := c.printed()
	first.expect(t, exitClean)
	if strings.Count(first.stdout, "\n") != 1 || first.stderr != "" || at.ValidTokens() != 2 {
		t.Errorf("printed %d lines, told %q; %d tokens are valid, want the printed one and the unscoped one", strings.Count(first.stdout, "\n"), first.stderr, at.ValidTokens())
	}
	before := op.Asked("/token") + op.Asked(wellKnown)
	again := c.printed()
	if again.stdout != first.stdout || op.Asked("/token")+op.Asked(wellKnown) != before || *exchanges != 1 {
		t.Errorf("%d exchanges, %d logins", *exchanges, op.Asked("/token"))
	}
	if files := c.cacheFiles(); len(files) != 3 {
		t.Errorf("kept: %q, want the issuer's token and two of Keystone's", files)
	}
}

func TestTokenForms(t *testing.T) {
	c, op, _ := describedCaller(t)
	var kept keptToken
	if err := json.Unmarshal([]byte(c.printed("--format", "json").stdout), &kept); err != nil || kept.Version != 1 || kept.User.Name != "service-cli" || kept.Project.Name != "ops" || !slices.Equal(kept.Roles, []string{"member"}) || kept.Provider != "corp" {
		t.Errorf("%v: %+v", err, kept)
	}
	lines := c.printed("--format", "openrc").stdout
	for _, want := range []string{"\nexport OS_AUTH_TYPE='v3token'\n", "\nexport OS_PROJECT_ID='p1'\n", "\nexport OS_TOKEN='", "/v3'\n", " OS_PASSWORD "} {
		if !strings.Contains(lines, want) {
			t.Errorf("openrc lacks %q", want)
		}
	}
	bearer := c.printed("--issuer-token")
	if strings.Count(bearer.stdout, ".") != 2 || op.Asked("/token") != 1 {
		t.Errorf("the issuer's token: %d dots, %d logins", strings.Count(bearer.stdout, "."), op.Asked("/token"))
	}
}

func TestShellQuoted(t *testing.T) {
	for value, want := range map[string]string{"a": "'a'", "a'b": `'a'\''b'`, "$(x)`y`\n": "'$(x)`y`\n'", "": "''"} {
		if got := shellQuoted(value); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

// TestTokenNotKept: without a cache nothing is left but what is printed.
func TestTokenNotKept(t *testing.T) {
	c, op, at := describedCaller(t)
	c.printed("--no-cache").expect(t, exitClean)
	if n := at.ValidTokens(); n != 1 {
		t.Errorf("%d tokens are valid, want the printed one", n)
	}
	if _, err := os.Stat(filepath.Join(c.dir, ".cache")); err == nil {
		t.Error("there is a cache")
	}
	if len(op.Revoked()) != 1 {
		t.Errorf("%d tokens of the issuer were revoked, want the one it gave", len(op.Revoked()))
	}
}

// TestTokenOfAnother: a kept token is not given to whoever brings another bearer.
func TestTokenOfAnother(t *testing.T) {
	c, op, at := describedCaller(t)
	exchanges := at.counting("POST " + corpAuth)
	text, err := os.ReadFile(filepath.Join(c.dir, "federation.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	before, _, ok := strings.Cut(string(text), "probe:")
	if !ok {
		t.Fatal("no probe: in the description")
	}
	for want, probe := range map[int]string{2: "{grant: exec, token: {exec: [cat, bearer]}}", 4: "{grant: file, token_file: bearer}"} {
		*exchanges = want - 2
		c.file("federation.yaml", before+"probe: "+probe+"\n")
		for _, subject := range []string{"alice", "someone-else"} {
			c.file("bearer", op.Sign(op.AccessClaims("cli", subject)))
			c.printed("--allow-exec").expect(t, exitClean)
		}
		if *exchanges != want {
			t.Errorf("%s: %d exchanges for two bearers", probe, *exchanges-want+2)
		}
	}
}

// TestTokenReachesNobody: a token that cannot be printed is ended.
func TestTokenReachesNobody(t *testing.T) {
	c, _, at := describedCaller(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here: ", err)
	}
	defer full.Close()
	cmd := c.command("token", "--no-cache")
	cmd.Stdout = full
	_ = cmd.Run() // the status tells
	if status := cmd.ProcessState.ExitCode(); status != exitFailed || at.ValidTokens() != 0 {
		t.Errorf("exit status %d, %d tokens are valid", status, at.ValidTokens())
	}
}

// TestTokenInterrupted: no Keystone token is left behind, wherever the interrupt comes.
func TestTokenInterrupted(t *testing.T) {
	for _, request := range []string{"POST " + corpAuth, "GET /v3/auth/projects", "POST /v3/auth/tokens"} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			c, _, at := describedCaller(t)
			g := newGate()
			at.at(request, g.before(at.usual))
			done := c.interrupted(g, "token")
			done.expect(t, exitInterrupted)
			if n := at.ValidTokens(); n != 0 || done.stdout != "" {
				t.Errorf("%d tokens are still valid, %d bytes printed", n, len(done.stdout))
			}
		})
	}
}

// TestTokenRefused: the failure is explained as probe explains it.
func TestTokenRefused(t *testing.T) {
	c, op, at := describedCaller(t)
	at.at("POST "+corpAuth, func(w http.ResponseWriter, _ *http.Request) {
		keystonetest.Refuse(w, http.StatusForbidden, "You are not authorized to perform the requested action.")
	})
	c.printed().expect(t, exitFindings, "identity provider corp: exchange (403 by keystone)", "to mend it: ")
	op.Handle("/token", func(w http.ResponseWriter, _ *http.Request) {
		optest.JSON(w, 401, map[string]any{"error": "invalid_client"})
	})
	c.printed("--no-cache").expect(t, exitFindings, "token", "invalid_client", "to mend it: ")
	at.at("POST "+corpAuth, cutOff)
	op.Handle("/token", nil)
	c.printed().expect(t, exitFailed, "connection broke")
}

// TestTokenCheck: a kept token that counts no more is replaced, when that is asked.
func TestTokenCheck(t *testing.T) {
	c, _, at := describedCaller(t)
	first := c.printed()
	if again := c.printed("--check"); again.stdout != first.stdout {
		t.Error("a token that counts was replaced")
	}
	at.at("GET /v3/auth/tokens", func(w http.ResponseWriter, _ *http.Request) {
		keystonetest.Refuse(w, http.StatusNotFound, "This is not a recognized Fernet token")
	})
	if again := c.printed("--check"); again.status != exitClean || again.stdout == first.stdout {
		t.Errorf("exit status %d; a token that counts no more was given out", again.status)
	}
}

// TestTokenLogout: nothing is valid any more, and nothing is kept.
func TestTokenLogout(t *testing.T) {
	c, op, at := describedCaller(t)
	c.printed().expect(t, exitClean)
	c.printed("--logout").expect(t, exitClean, "logged out of corp")
	if n := at.ValidTokens(); n != 0 || len(c.cacheFiles()) != 0 || len(op.Revoked()) != 1 {
		t.Errorf("%d tokens are valid, kept %q, %d of the issuer's revoked", n, c.cacheFiles(), len(op.Revoked()))
	}
	c.printed().expect(t, exitClean)
	c.printed("--clear-cache").expect(t, exitClean, "tokens forgotten: 3")
	if len(c.cacheFiles()) != 0 {
		t.Errorf("kept %q", c.cacheFiles())
	}
}

// TestTokenUnsafeCache: a cache that somebody else could have come at is not used.
func TestTokenUnsafeCache(t *testing.T) {
	c, _, _ := describedCaller(t)
	c.printed().expect(t, exitClean)
	for _, file := range c.cacheFiles() {
		if err := os.Chmod(file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	done := c.printed()
	done.expect(t, exitFailed, "chmod 0600")
	if done.stdout != "" {
		t.Error("a token was printed")
	}
	c.printed("--no-cache").expect(t, exitClean)
}

// TestTokenWithoutHome: there is no place for a cache, which is told and done without.
func TestTokenWithoutHome(t *testing.T) {
	c, _, at := describedCaller(t)
	delete(c.env, "HOME")
	c.printed().expect(t, exitClean, "tokens are not kept")
	if n := at.ValidTokens(); n != 1 {
		t.Errorf("%d tokens are valid, want the printed one", n)
	}
}
