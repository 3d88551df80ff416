package dashboard_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

const python = "/usr/bin/python3"

// TestProof runs Horizon's own code, and openstacksdk, with the settings of the rules and
// with their mends, and sees what each rule promises.
func TestProof(t *testing.T) {
	if exec.Command(python, "-c", "import openstack.config, openstack_dashboard, openstack_auth.defaults").Run() != nil {
		labtest.Require(t, "python3 has no Horizon or no openstacksdk: install python3-django-horizon and python3-openstackclient")
	}
	const auth = "302 https://keystone.example.org:5000/v3/auth/OS-FEDERATION/"
	const op1 = auth + "identity_providers/op1/protocols/openid/websso"
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"websso-disabled":                   seen("takes=false", "takes=true"),
		"websso-choices-flat":               seen("choices=500 ValueError", "choices=credentials"),
		"websso-mapping-not-a-pair":         seen("corp=500 ValueError", "corp="+op1),
		"websso-choice-without-mapping":     seen("corp="+auth+"websso/corp", "corp="+op1),
		"websso-mapping-swapped":            seen("corp="+auth+"identity_providers/openid/protocols/op1/websso", "corp="+op1),
		"websso-choice-without-door":        seen("corp="+auth+"identity_providers/op1/protocols/mapped/websso", "corp="+op1),
		"keystone-url-internal":             seen("corp=302 https://127.0.0.1:5000/v3/", "corp="+op1),
		"keystone-url-not-https":            seen("corp=302 http://keystone", "corp="+op1),
		"keystone-url-without-v3":           seen("corp=302 https://keystone.example.org:5000/auth/", "corp="+op1),
		"keystone-url-other-host":           seen("corp=302 https://cloud.example.org", "corp="+op1),
		"referer-used":                      seen("back=https://keystone.example.org:5000/v3", "back=http://10.0.0.5:5000/v3"),
		"credentials-choice-removed":        seen("choices=corp", "choices=credentials corp"),
		"initial-choice-unknown":            seen("initial=crop", "initial=corp"),
		"default-redirect-protocol-missing": seen("login="+auth+"websso/None", "login="+auth+"websso/openid"),
		"default-redirect-region-missing":   seen("login=302 http://localhost/identity/v3/", "login="+auth+"websso/openid"),
		"redirect-loop":                     seen("error=/dashboard/auth/login/", "error=/auth/error/"),
		"horizon-tls-off":                   seen("verify=false", "verify=/etc/ssl/certs/ca-certificates.crt"),
		"clouds-auth-type-unknown":          logsIn("The plugin v3oidc_access_token could not be found"),
		"clouds-auth-type-missing":          logsIn("unexpected keyword argument 'identity_provider'"),
		"clouds-option-unknown":             logsIn("You have to specify either an 'access-token-endpoint'"),
		"clouds-option-missing":             logsIn("parameters which were not given: protocol"),
		"clouds-endpoint-missing":           logsIn("You have to specify either an 'access-token-endpoint'"),
		"clouds-discovery-is-issuer":        logsIn("Error: "),
		"clouds-auth-url":                   logsIn("HTTP 404"),
		"clouds-idp-unknown":                logsIn("HTTP 404"),
		"clouds-project-without-domain":     logsIn("a project_name is only unique within a domain"),
		"clouds-scope-without-openid":       asks("'scope': 'email profile'", "'scope': 'openid email'"),
		"clouds-url-not-https":              asks("http://op1.example.org/", "https://op1.example.org/"),
		"clouds-tls-off":                    asks(`"verify": false`, `"verify": true`),
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			proof(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}

// seen expects that Horizon does one thing with the firing settings and another with the
// mend: NAME=BEGINNING of what program/ask_horizon.py tells.
func seen(fires, silent string) func(*testing.T, string, string) {
	return func(t *testing.T, first, second string) {
		for dir, want := range map[string]string{first: fires, second: silent} {
			name, value, _ := strings.Cut(want, "=")
			if got := horizon(t, dir)[name]; got != value && (!strings.HasPrefix(got, "302 ") || !strings.HasPrefix(got, value)) {
				t.Errorf("%s: %s is %q, want %q", dir, name, got, value)
			}
		}
	}
}

// horizon gives what Horizon does with the settings of a fixture; choices by their keys.
func horizon(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "etc/openstack-dashboard/local_settings*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no settings: %v", dir, err)
	}
	var told map[string]any
	if err := json.Unmarshal(ask(t, "program/ask_horizon.py", files...), &told); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	flat(out, told)
	return out
}

// flat makes texts of what was told.
func flat(out map[string]string, told map[string]any) {
	for name, value := range told {
		switch v := value.(type) {
		case string:
			out[name] = v
		case []any:
			var words []string
			for _, w := range v {
				words = append(words, w.(string))
			}
			out[name] = strings.Join(words, " ")
		case map[string]any:
			flat(out, v)
		case bool:
			out[name] = map[bool]string{true: "true", false: "false"}[v]
		}
	}
}

// ask runs a program with Debian's python3.
func ask(t *testing.T, program string, arguments ...string) []byte {
	t.Helper()
	cmd := exec.Command(python, append([]string{"-W", "ignore", program}, arguments...)...)
	var said strings.Builder
	cmd.Env, cmd.Stderr = append(os.Environ(), "HOME="+t.TempDir()), &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	return out
}

// client gives what openstacksdk does with the one cloud of a fixture.
func client(t *testing.T, dir string) (text, failure string) {
	t.Helper()
	out := ask(t, "program/ask_client.py", filepath.Join(dir, "etc/openstack/clouds.yaml"))
	told := struct{ Error string }{}
	if err := json.Unmarshal(out, &told); err != nil {
		t.Fatal(err)
	}
	return string(out), told.Error
}

// logsIn expects that the client fails with the firing file, and gets a token with the mend.
func logsIn(why string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		if _, failure := client(t, fires); !strings.Contains(failure, why) {
			t.Errorf("%q, want %q", failure, why)
		}
		if _, failure := client(t, silent); failure != "" {
			t.Errorf("mended: %s", failure)
		}
	}
}

// asks expects that the client asks so with the firing file, and otherwise with the mend.
func asks(fires, silent string) func(*testing.T, string, string) {
	return func(t *testing.T, first, second string) {
		for dir, want := range map[string][2]string{first: {fires, silent}, second: {silent, fires}} {
			text, failure := client(t, dir)
			if failure != "" || !strings.Contains(text, want[0]) || dir == second && strings.Contains(text, want[1]) {
				t.Errorf("%s: without %s\n%s%s", dir, want[0], text, failure)
			}
		}
	}
}
