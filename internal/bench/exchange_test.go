package bench

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// login is a token of corp, where to take it, and the project to scope to.
type login struct {
	keystone, ca, project string
	token                 secret.Value
}

func newLogin(b *testing.B) login {
	b.Helper()
	return logIn(b, labtest.Quickstart(b))
}

func logIn(b *testing.B, d labtest.Deployment) login {
	b.Helper()
	client, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		b.Fatal(err)
	}
	doc, err := oidc.Discover(b.Context(), client, labtest.IssuerURL(b, d.Lab, "corp"))
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(d.Lab.SecretFile("corp-keystone-cli"))
	if err != nil {
		b.Fatal(err)
	}
	tokens, err := oidc.ClientCredentials(b.Context(), client, doc, oidc.Client{ID: "keystone-cli", Secret: secret.New(string(text))}, []string{"openid"})
	if err != nil {
		b.Fatal(err)
	}
	l := login{keystone: d.Lab.KeystoneURL, ca: d.Lab.CAFile, token: tokens.Access}
	if l.project, err = l.firstProject(); err != nil {
		b.Fatal(err)
	}
	return l
}

func (l login) firstProject() (string, error) {
	answer, client, err := l.exchange()
	if err != nil {
		return "", err
	}
	projects, _, err := l.session(client, answer).Projects(context.Background())
	if err != nil || len(projects) == 0 {
		return "", fmt.Errorf("no project to scope to: %w", err)
	}
	return projects[0].ID, nil
}

func (l login) session(client *http.Client, answer keystone.Answer) keystone.Session {
	return keystone.Session{Client: client, URL: l.keystone, Token: answer.Token()}
}

// exchange is one exchange over a connection of its own, as curl's is.
func (l login) exchange() (keystone.Answer, *http.Client, error) {
	client, err := oidc.NewHTTPClient(l.ca)
	if err != nil {
		return keystone.Answer{}, nil, err
	}
	answer, err := keystone.Exchange(context.Background(), client, l.keystone, "corp", "openid", l.token)
	if err == nil && answer.Status != http.StatusCreated {
		err = fmt.Errorf("the exchange was answered with %d by %s", answer.Status, answer.AnsweredBy)
	}
	return answer, client, err
}

// BenchmarkExchange is the bearer exchange with a connection of its own, against
// what curl measures of the same request (its own time_total, without its start).
func BenchmarkExchange(b *testing.B) {
	l := newLogin(b)
	ours := func() time.Duration {
		return timed(func() {
			if _, _, err := l.exchange(); err != nil {
				b.Fatal(err)
			}
		})
	}
	for b.Loop() {
		a, p, ratio := pairs(b, 40, ours, l.curl(b))
		row{"exchange, cold connection", inMS(a), inMS(p) + " (curl's own `time_total`)", fmt.Sprintf("%.2f", ratio), "≤ 1.1 × curl"}.write(b)
	}
}

// curl takes the header from standard input: a token is no argument.
func (l login) curl(b *testing.B) sample {
	return func() time.Duration {
		cmd := exec.Command("curl", "--silent", "--output", os.DevNull, "--write-out", "%{http_code} %{time_total}", "--cacert", l.ca,
			"--request", "POST", "--header", "Accept: application/json", "--config", "-", l.keystone+keystone.AuthPath("corp", "openid"))
		cmd.Stdin = strings.NewReader(fmt.Sprintf("header = \"Authorization: Bearer %s\"\n", l.token.Reveal()))
		out, err := cmd.Output()
		status, seconds, _ := strings.Cut(string(out), " ")
		if err != nil || status != "201" {
			b.Fatalf("curl: %v, status %s", err, status)
		}
		total, err := strconv.ParseFloat(seconds, 64)
		if err != nil {
			b.Fatal(err)
		}
		return time.Duration(total * float64(time.Second))
	}
}

// BenchmarkLogin is a whole process that exchanges and scopes, against the
// openstack client doing the same.
func BenchmarkLogin(b *testing.B) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(b, "no openstack client: "+err.Error())
	}
	l := newLogin(b)
	ours, peer := command(b, l.peerEnv(), built(b)), command(b, l.peerEnv(), "openstack", "token", "issue")
	for b.Loop() {
		a, p, ratio := pairs(b, 7, ofThree(ours), ofThree(peer))
		row{"exchange + rescope, whole process", inMS(a), inMS(p) + " (`openstack token issue`)", fmt.Sprintf("%.3f (%.1f × faster)", ratio, 1/ratio), "≥ 10 × faster"}.write(b)
	}
}

// peerEnv are the variables by which the openstack client does the same.
func (l login) peerEnv() []string {
	return []string{"OS_AUTH_TYPE=v3oidcaccesstoken", "OS_AUTH_URL=" + l.keystone + "/v3", "OS_IDENTITY_PROVIDER=corp", "OS_PROTOCOL=openid",
		"OS_ACCESS_TOKEN=" + l.token.Reveal(), "OS_PROJECT_ID=" + l.project, "OS_CACERT=" + l.ca, "OS_IDENTITY_API_VERSION=3"}
}

// built is the measured process, made of ./login.
func built(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "login")
	if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", path, "./login").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// command runs a process with nothing of the lab's administrator in its environment.
func command(b *testing.B, env []string, name string, args ...string) sample {
	return func() time.Duration {
		cmd := exec.Command(name, args...)
		cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"))
		return timed(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%s: %v\n%s", name, err, out)
			}
		})
	}
}
