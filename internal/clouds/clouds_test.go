package clouds_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// good are files that openstacksdk loads.
var good = map[string]string{
	"access token": `
clouds:
  corp:
    auth_type: v3oidcaccesstoken
    auth:
      auth_url: https://cloud.example.org:5000/v3
      identity_provider: corp
      protocol: openid
      access_token: "not shown"
      project_name: demo
      project_domain_name: Default
    region_name: RegionOne
    interface: public
    identity_api_version: 3
`,
	"client credentials": `
clouds:
  a:
    auth_type: v3oidcclientcredentials
    auth: {auth_url: 'https://a/v3', identity_provider: corp, protocol: openid, client_id: "a", client_secret: 'it''s', openid_scope: "openid profile", discovery_endpoint: https://idp/.well-known/openid-configuration, access_token_type: id_token}
    verify: no
    cacert: /etc/ssl/ca.pem
  b:
    auth_type: v3oidcpassword
    auth:
      auth-url: https://b/v3
      identity-provider: corp
      username: jane
      password:
      access_token_endpoint: >-
        https://idp/token
`,
	"merged": `
clouds:
  zero: &zero
    auth_type: v3token
    region_name: R1
    auth: &auth {auth_url: https://a/v3, project_name: x}
  one:
    <<: *zero
    region_name: R2
    auth:
      <<: [{project_name: y}, *auth]
      token: t
  two: *zero
`,
	"old names": `
clouds:
  old:
    auth_plugin: v3password
    project_name: outer
    auth:
      auth_url: https://a/v3
      tenant_id: 0123
      user_domain_name: "on"
  both:
    auth_plugin: one
    auth_type: two
    auth: {auth_url: x, project-name: 12}
`,
	"types": `
clouds:
  types:
    auth: {auth_url: a, project_id: 0x1f, identity_provider: 1_000, protocol: 0b11, username: "0123", client_id: 010}
    verify: off
  12:
    auth: {auth_url: b, project_id: -12, username: ~}
`,
	"twice": `
clouds:
  a:
    auth: {auth_url: x, auth_url: y}
  b: {auth: {auth_url: z}}
  a: {auth: {auth_url: w}}
`,
	"regions":  "clouds:\n  a:\n    regions:\n    - name: R1\n      values: {}\n    - R2\n    auth: {auth_url: x}\n",
	"json":     `{"clouds": {"é\u00e9": {"auth": {"auth_url": "https://\u0061/v3", "project_name": "a\"b"}, "verify": false}}}`,
	"crlf":     "clouds:\r\n  a:\r\n    auth:\r\n      auth_url: x  # comment\r\n      project_name: y\r\n",
	"empty":    "",
	"no cloud": "clouds: {}\n",
}

type loaded struct {
	Raised string                    `json:"raised"`
	Clouds map[string]map[string]any `json:"clouds"`
}

func ask(t *testing.T, files []string) []loaded {
	t.Helper()
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import openstack.config").Run(); err != nil {
		labtest.Require(t, "openstacksdk is not installed: apt-get install python3-openstackclient")
	}
	var in bytes.Buffer
	for _, text := range files {
		if err := json.NewEncoder(&in).Encode(text); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(python, "-W", "ignore", "testdata/ask.py")
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := make([]loaded, 0, len(files))
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var l loaded
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, l)
	}
	return answers
}

// TestOpenstacksdk holds what is read against what the real program loads.
func TestOpenstacksdk(t *testing.T) {
	var names, files []string
	for name, text := range good {
		names, files = append(names, name), append(files, text)
	}
	for i, want := range ask(t, files) {
		t.Run(names[i], func(t *testing.T) {
			if want.Raised != "" {
				t.Fatal(want.Raised)
			}
			f, list := clouds.Parse("clouds.yaml", []byte(files[i]))
			if list.HasErrors() {
				t.Fatal(list)
			}
			if len(f.Clouds) != len(want.Clouds) && want.Clouds["defaults"] == nil {
				t.Fatalf("%d clouds, openstacksdk has %d", len(f.Clouds), len(want.Clouds))
			}
			for _, c := range f.Clouds {
				if diff := cmp.Diff(theirs(want.Clouds[c.Name]), ours(c)); diff != "" {
					t.Errorf("%s: %s", c.Name, diff)
				}
			}
		})
	}
}

// theirs and ours give what both sides know: secrets are there or not, values of
// defaults.json are left out.
func theirs(config map[string]any) map[string]string {
	out := map[string]string{}
	auth, _ := config["auth"].(map[string]any)
	for key, v := range auth {
		out["auth."+key] = told(v, key == "password" || key == "token" || key == "client_secret" || key == "access_token")
	}
	for _, key := range []string{"auth_type", "verify", "cacert", "region_name"} {
		out[key] = told(config[key], false)
	}
	return out
}

func told(v any, secret bool) string {
	switch {
	case v == nil || v == "":
		return ""
	case secret:
		return "a secret"
	case v == true:
		return "True"
	case v == false:
		return "False"
	}
	return fmt.Sprint(v)
}

func ours(c clouds.Cloud) map[string]string {
	or := func(v clouds.Value, otherwise string) string {
		if v.Secret && v.Set() {
			return "a secret"
		}
		if !v.Set() {
			return otherwise
		}
		return v.Text
	}
	region := c.Region
	if len(c.Regions) > 0 {
		region = c.Regions[0]
	}
	out := map[string]string{
		"auth_type": or(c.AuthType, "password"), "verify": or(c.Verify, "True"),
		"cacert": or(c.CACert, ""), "region_name": or(region, ""),
	}
	for key, v := range c.Auth {
		out["auth."+key] = or(v, "")
	}
	return out
}

// TestPlaces: a value's place is its text, and a secret's text is nowhere.
func TestPlaces(t *testing.T) {
	for name, text := range good {
		f, _ := clouds.Parse("c", []byte(text))
		for _, c := range f.Clouds {
			for key, v := range c.Auth {
				got := text[v.At.Start.Byte:v.At.End.Byte]
				if plain := strings.Trim(got, `"'`); v.Type == clouds.Str && !v.Secret && plain != v.Text && !strings.ContainsAny(plain, `\>`) {
					t.Errorf("%s: %s at %s is %q, not %q", name, key, v.At, got, v.Text)
				}
				if v.Secret && v.Text != "" {
					t.Errorf("%s: %s shows %q", name, key, v.Text)
				}
				if at := text[v.KeyAt.Start.Byte:v.KeyAt.End.Byte]; v.KeyAt.End.Byte <= v.KeyAt.Start.Byte {
					t.Errorf("%s: %s has its key at %q", name, key, at)
				}
			}
		}
	}
	const text = "clouds:\n  é: {auth: {auth_url: 'x''y', client_id: a b}}\n"
	f, _ := clouds.Parse("c", []byte(text))
	if diff := cmp.Diff([]string{"c:2:24", "c:2:43", "c:2:3"}, []string{f.Clouds[0].Auth["auth_url"].At.String(), f.Clouds[0].Auth["client_id"].At.String(), f.Clouds[0].At.String()}); diff != "" {
		t.Error(diff)
	}
}

func TestFindings(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"tab":           {"clouds:\n\ta: 1\n", "clouds-syntax c:2:1"},
		"unclosed":      {"clouds: {a: \"b\n", "clouds-syntax c"},
		"two documents": {"clouds: {}\n---\na: 1\n", "clouds-syntax c:2:1"},
		"a list":        {"- clouds\n", "clouds-shape c:1:1"},
		"clouds a list": {"clouds: [a]\n", "clouds-shape c:1:9"},
		"cloud a text":  {"clouds:\n  a: b\n", "clouds-shape c:2:6"},
		"auth a text":   {"clouds:\n  a: {auth: b}\n", "clouds-shape c:2:13"},
		"regions":       {"clouds:\n  a: {regions: b}\n", "clouds-shape c:2:16"},
		"twice":         {"clouds:\n  a: {auth: {auth_url: x, auth_url: y}}\n", "clouds-duplicate-key c:2:27"},
		"holds itself":  {"clouds:\n  a: &a {<<: *a, auth: {}}\n", "clouds-shape c:2:14"},
		"alias":         {"clouds: *nowhere\n", "clouds-syntax c"},
	} {
		t.Run(name, func(t *testing.T) {
			_, list := clouds.Parse("c", []byte(tc.text))
			var got []string
			for _, f := range list {
				got = append(got, f.Slug+" "+f.At.String())
			}
			if len(got) != 1 || !strings.HasPrefix(got[0], tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// FuzzParse: no panic, every place lies in the text, no secret is kept.
func FuzzParse(f *testing.F) {
	for _, text := range good {
		f.Add(text)
	}
	f.Add("clouds:\n  a: &a {<<: *a, auth: {}}\n")
	f.Add("clouds: {? [a] : b, ? : c, a: &x [*x]}")
	f.Fuzz(func(t *testing.T, text string) {
		file, _ := clouds.Parse("c", []byte(text))
		for _, c := range file.Clouds {
			for key, v := range c.Auth {
				if v.At.Start.Byte > v.At.End.Byte || v.At.End.Byte > len(text) || v.Secret && v.Text != "" {
					t.Fatalf("%s: %+v", key, v)
				}
			}
		}
	})
}
