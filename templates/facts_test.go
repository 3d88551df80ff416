package templates_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestFacts holds what docs/facts.md says of mod_auth_openidc's verdicts. It
// fails where a newer module does better, and the document is then to be mended.
func TestFacts(t *testing.T) {
	s, servers := running(t)
	ask := func(t *testing.T, claims map[string]any) (*http.Response, string) {
		t.Helper()
		all := servers["corp"].AccessClaims("cli", "alice")
		for k, v := range claims {
			all[k] = v
		}
		return s.ask(t, "POST", at(auth, "corp"), http.Header{"Authorization": {"Bearer " + servers["corp"].Sign(all)}})
	}
	for name, claims := range map[string]map[string]any{"no exp": {"exp": nil}, "nbf in the future": {"nbf": 4000000000}} {
		t.Run(name, func(t *testing.T) {
			if resp, _ := ask(t, claims); resp.StatusCode != 201 {
				t.Errorf("got %d, want 201", resp.StatusCode)
			}
		})
	}
	t.Run("refused by Require claim", func(t *testing.T) {
		resp, body := ask(t, map[string]any{"azp": "wiki"})
		if resp.StatusCode != 401 || resp.Header.Get("WWW-Authenticate") != "" || !strings.HasPrefix(body, "<!DOCTYPE HTML PUBLIC") {
			t.Errorf("got %d, WWW-Authenticate %q\n%s", resp.StatusCode, resp.Header.Get("WWW-Authenticate"), body)
		}
	})
	t.Run("the application gets the token", func(t *testing.T) {
		if _, body := ask(t, nil); !strings.Contains(body, "\nOIDC_access_token=eyJ") {
			t.Errorf("the application sees:\n%s", body)
		}
	})
}

// TestXForwardedHeadersNone: the value that would say so is a syntax error in 2.4.12.3.
func TestXForwardedHeadersNone(t *testing.T) {
	httpd, err := exec.LookPath("apache2")
	if err != nil || os.Geteuid() != 0 {
		need(t, "httpd (apache2 with mod_auth_openidc) and root are needed")
	}
	conf := filepath.Join(t.TempDir(), "httpd.conf")
	for value, want := range map[string]bool{"none": false, "X-Forwarded-Host": true} {
		write(t, conf, "ServerName localhost\nErrorLog /dev/null\nListen 127.0.0.1:1\n"+modules(t)+"OIDCXForwardedHeaders "+value+"\n")
		if out, err := exec.Command(httpd, "-t", "-f", conf).CombinedOutput(); (err == nil) != want {
			t.Errorf("OIDCXForwardedHeaders %s: accepted %v, want %v\n%s", value, err == nil, want, out)
		}
	}
}

// TestYAMLNo: yaml.v3 reads `no` as YAML 1.2 does, as text.
func TestYAMLNo(t *testing.T) {
	var got map[string]any
	if err := yaml.Unmarshal([]byte("a: no\n"), &got); err != nil || got["a"] != "no" {
		t.Errorf("got %#v, %v", got["a"], err)
	}
}
