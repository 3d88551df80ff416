package prove

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// realPort is the first of the ports at which the lab's providers listen inside.
const realPort = 20443

// nameReal gives each issuer of RealIssuer an address of its own.
func (n *network) nameReal(issuers []string) {
	n.real = map[string]string{}
	for i, issuer := range issuers {
		n.real[strings.TrimPrefix(issuer, "https://")] = fmt.Sprintf("127.0.1.%d", i+2)
	}
}

// startReal starts the lab's provider for an issuer and waits until it answers.
func (s *Site) startReal(t testing.TB, l *layout, i int, issuer string) {
	t.Helper()
	host := strings.TrimPrefix(issuer, "https://")
	program := lightProgram(t)
	settings := filepath.Join(s.world.folder, fmt.Sprintf("issuer-%d.json", i))
	if err := s.writeReal(l, settings, issuer, realPort+i); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", program, settings)
	said := &words{}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := s.world.do(cmd.Start); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	listener, err := s.world.listen(net.JoinHostPort(s.network.real[host], "443"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go s.relay(listener, fmt.Sprintf("127.0.0.1:%d", realPort+i))
	s.awaitReal(t, issuer, said)
}

// awaitReal asks until the provider answers, for at most a minute.
func (s *Site) awaitReal(t testing.TB, issuer string, said fmt.Stringer) {
	t.Helper()
	u, err := url.Parse(issuer + "/.well-known/openid-configuration")
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(askLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		answer, err := s.askIssuer(u, Ask{Method: "GET", Path: u.Path, Port: 443})
		if err == nil && answer.Status == 200 {
			return
		}
	}
	t.Fatalf("the lab's provider does not answer as %s\n%s", issuer, said)
}

// lightProgram is the lab's provider as `fedstone lab` has prepared it.
func lightProgram(t testing.TB) string {
	t.Helper()
	if missing := lab.Missing(lab.Needs{lab.Light}); len(missing) > 0 {
		labtest.Require(t, "no real OpenID Provider: "+strings.Join(missing, "; "))
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(cache, "fedstone", "issuer-*", "server.mjs")) // the pattern is well formed
	newest := ""
	var at time.Time
	for _, name := range found {
		if info, err := os.Stat(filepath.Dir(name)); err == nil && info.ModTime().After(at) {
			newest, at = name, info.ModTime()
		}
	}
	if newest == "" {
		t.Fatalf("the real OpenID Provider is prepared, but not in %s", cache)
	}
	return newest
}

// bearerClient is the client that access tokens are issued to.
const bearerClient = "keystone-cli"

// realTokenOf is Token for an issuer of RealIssuer.
func (s *Site) realTokenOf(t testing.TB, issuer string, parts []TokenPart) string {
	t.Helper()
	if len(parts) > 0 {
		t.Fatalf("%s is a real issuer: it signs no claims of ours", issuer)
	}
	token, err := s.realToken(issuer)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// realToken gets alice's access token from the lab's provider.
func (s *Site) realToken(issuer string) (string, error) {
	u, err := url.Parse(issuer + "/token")
	if err != nil {
		return "", err
	}
	form := url.Values{"grant_type": {"password"}, "username": {"alice"}, "password": {Password}, "scope": {"openid profile email groups"},
		"client_id": {bearerClient}}
	answer, err := s.askIssuer(u, Ask{Method: "POST", Path: u.Path, Port: 443, Body: form.Encode(), Header: map[string]string{"Authorization": basic(bearerClient, Password)}})
	if err != nil {
		return "", err
	}
	got := struct {
		Token string `json:"access_token"`
	}{}
	if err := json.Unmarshal([]byte(answer.Body), &got); err != nil || got.Token == "" {
		return "", fmt.Errorf("the lab's provider gave no token: %d (%v)", answer.Status, err)
	}
	return got.Token, nil
}

// basic is the Authorization field's value of a client (RFC 6749 section 2.3.1).
func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}
