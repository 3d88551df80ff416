package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// onLab is the command line inside the lab, with a cache of its own.
type onLab struct {
	labtest.Deployment
	cache string
}

func newOnLab(t *testing.T, d labtest.Deployment) onLab { return onLab{d, t.TempDir()} }

// describe gives the deployment with other words for how to log in at a provider.
func (o onLab) describe(t *testing.T, idp, probe string) onLab {
	t.Helper()
	text, err := os.ReadFile(o.File)
	if err != nil {
		t.Fatal(err)
	}
	head, tail, ok := strings.Cut(string(text), "\n  "+idp+":")
	if !ok {
		t.Fatalf("no %s in the description", idp)
	}
	block := regexp.MustCompile(`\n    probe:(\n      .*)+`)
	at := block.FindStringIndex(tail)
	tail = tail[:at[0]] + "\n    probe: " + probe + tail[at[1]:]
	o.File = filepath.Join(t.TempDir(), "federation.yaml")
	if err := os.WriteFile(o.File, []byte(head+"\n  "+idp+":"+tail), 0o600); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o onLab) command(args ...string) *exec.Cmd {
	cmd := o.Command(args...)
	cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+o.cache, "BROWSER=", "DISPLAY=", "WAYLAND_DISPLAY=")
	return cmd
}

// token runs `fedstone token` and gives what it prints, and what it tells.
func (o onLab) token(t *testing.T, args ...string) (keptToken, string) {
	t.Helper()
	cmd := o.command(append([]string{"token", "--format", "json"}, args...)...)
	return o.told(t, cmd, cmd.Run)
}

func (o onLab) told(t *testing.T, cmd *exec.Cmd, run func() error) (keptToken, string) {
	t.Helper()
	var out, said bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout, cmd.Stderr = &out, &said
	}
	if err := run(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd.Args, err, said.String())
	}
	var kept keptToken
	if err := json.Unmarshal(out.Bytes(), &kept); err != nil || kept.Version != 1 || kept.Token == "" {
		t.Fatalf("%s: %v, %d bytes printed", cmd.Args, err, out.Len())
	}
	if regexp.MustCompile(`eyJ[\w-]{20}|gAAAA`).MatchString(said.String()) {
		t.Errorf("a token was told on standard error")
	}
	return kept, said.String()
}

// person runs `fedstone token` as somebody does who opens the page that it shows.
func (o onLab) person(t *testing.T, idp, user string) (keptToken, string) {
	t.Helper()
	cmd := o.command("token", "--format", "json", "--no-open", "--idp", idp)
	var out, said labtest.Speech
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	labtest.NewPerson(t, o.Lab, idp, user).Open(t, said.Page(t, cmd))
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd.Args, err, said.String())
	}
	var kept keptToken
	if err := json.Unmarshal([]byte(out.String()), &kept); err != nil {
		t.Fatal(err)
	}
	return kept, said.String()
}

// ways are the logins that need no person, as `probe:` names them.
func ways(idp string) map[string]string {
	up := strings.ToUpper(idp)
	return map[string]string{
		"basic":    fmt.Sprintf("{grant: client_credentials, client: {id: keystone-cli, secret: {env: %s_CLI_SECRET}}}", up),
		"post":     fmt.Sprintf("{grant: client_credentials, client: {id: keystone-cli-post, secret: {env: %s_CLI_POST_SECRET}, auth_method: client_secret_post}}", up),
		"password": fmt.Sprintf("{grant: password, client: {id: keystone-cli, secret: {env: %s_CLI_SECRET}}, username: alice, password: {env: %s_ALICE_PASSWORD}}", up, up),
	}
}

func TestTokenOnLab(t *testing.T) {
	d := labtest.Quickstart(t)
	for _, idp := range []string{"corp", "campus"} {
		t.Run(idp, func(t *testing.T) {
			o := newOnLab(t, d)
			for name, probe := range ways(idp) {
				t.Run(name, func(t *testing.T) { o.describe(t, idp, probe).logsIn(t, idp, name == "post") })
			}
			t.Run("key", func(t *testing.T) {
				key := os.Getenv(strings.ToUpper(idp) + "_CLI_KEY_FILE")
				if key == "" {
					key = o.Lab.SecretFile(idp + "-keystone-cli-key")
				}
				o.describe(t, idp, fmt.Sprintf("{grant: client_credentials, client: {id: keystone-cli-key, key: %q}}", key)).logsIn(t, idp, true)
			})
			t.Run("device", func(t *testing.T) { o.interactive(t, idp, "device") })
			t.Run("code", func(t *testing.T) { o.interactive(t, idp, "code") })
			t.Run("refresh", func(t *testing.T) { newOnLab(t, d).refreshFirst(t, idp) })
			t.Run("given", func(t *testing.T) { o.given(t, idp) })
			t.Run("at once", func(t *testing.T) { newOnLab(t, d).atOnce(t, idp) })
		})
	}
	t.Run("openstack", func(t *testing.T) { newOnLab(t, d).openstack(t) })
	t.Run("scopes", func(t *testing.T) { newOnLab(t, d).scopes(t) })
}

// logsIn gets the issuer's token, and Keystone's unless its client is another than
// the one that httpd lets in; a second call asks nobody.
func (o onLab) logsIn(t *testing.T, idp string, issuersAlone bool) {
	flags := []string{"--idp", idp, "--debug"}
	if issuersAlone {
		flags = append(flags, "--issuer-token")
	}
	first, said := o.token(t, flags...)
	again, quiet := o.token(t, flags...)
	if first.Token != again.Token || !strings.Contains(said, "debug: POST") || strings.Contains(quiet, "debug:") {
		t.Errorf("first:\n%s\nagain:\n%s", said, quiet)
	}
}

// interactive logs in as a person once, then silently until logged out.
func (o onLab) interactive(t *testing.T, idp, grant string) {
	o = o.describe(t, idp, fmt.Sprintf("{grant: %s, client: {id: keystone-cli, secret: {env: %s_CLI_SECRET}}, scopes: [openid]}", grant, strings.ToUpper(idp)))
	first, _ := o.person(t, idp, "bob")
	if first.User.Name != "bob" || first.Project == nil || first.Provider != idp {
		t.Errorf("logged in as %+v on %+v", first.User, first.Project)
	}
	if again, quiet := o.token(t, "--idp", idp, "--debug"); again.Token != first.Token || strings.Contains(quiet, "debug:") {
		t.Errorf("again:\n%s", quiet)
	}
	o.probed(t, idp)
	o.expire(t)
	if renewed, said := o.token(t, "--idp", idp, "--debug"); renewed.Token == first.Token || strings.Contains(said, "log in") {
		t.Errorf("renewed:\n%s", said)
	}
	out, err := o.command("token", "--logout", "--idp", idp).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "logged out of "+idp) {
		t.Errorf("logout: %v\n%s", err, out)
	}
}

// probed: probe uses the kept login, and leaves it to others.
func (o onLab) probed(t *testing.T, idp string) {
	t.Helper()
	for range 2 {
		out, err := o.command("probe", "--idp", idp, "--format", "json").CombinedOutput()
		if err != nil || !strings.Contains(string(out), `"cached, `) {
			t.Errorf("probe: %v\n%s", err, out)
		}
	}
}

// expire makes every kept token of this cache one that has ended.
func (o onLab) expire(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(o.cache, "fedstone", "tokens", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files in the cache, %v", len(files), err)
	}
	ended := regexp.MustCompile(`"(expiry|expires_at)":"[^"]*"`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, ended.ReplaceAll(text, []byte(`"$1":"2020-01-01T00:00:00Z"`)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// given takes a token that came from elsewhere.
func (o onLab) given(t *testing.T, idp string) {
	bearer, _ := o.describe(t, idp, ways(idp)["password"]).token(t, "--idp", idp, "--issuer-token")
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(bearer.Token), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"file": fmt.Sprintf("{grant: file, token_file: %q}", file), "stdin": "{grant: stdin}",
		"exec": fmt.Sprintf("{grant: exec, token: {exec: [cat, %q]}}", file),
	}
	for name, probe := range cases {
		t.Run(name, func(t *testing.T) {
			own := newOnLab(t, o.Deployment).describe(t, idp, probe)
			cmd := own.command("token", "--format", "json", "--allow-exec", "--idp", idp)
			cmd.Stdin = strings.NewReader(bearer.Token + "\n")
			if got, _ := own.told(t, cmd, cmd.Run); got.User.Name != "alice" {
				t.Errorf("logged in as %s", got.User.Name)
			}
		})
	}
}

// atOnce: processes that need a login at the same time make one.
func (o onLab) atOnce(t *testing.T, idp string) {
	o = o.describe(t, idp, ways(idp)["password"])
	var all sync.WaitGroup
	told := make([]string, 4)
	tokens := make([]string, len(told))
	for i := range told {
		all.Go(func() {
			got, said := o.token(t, "--idp", idp, "--debug")
			tokens[i], told[i] = got.Token, said
		})
	}
	all.Wait()
	exchanges := strings.Count(strings.Join(told, ""), "/auth: 201")
	for _, token := range tokens {
		if token != tokens[0] || exchanges != 1 {
			t.Fatalf("%d exchanges\n%s", exchanges, strings.Join(told, "--\n"))
		}
	}
}
