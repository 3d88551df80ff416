package docs_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// iamSample is a console block of docs/iam.md. They tell one story, in their order, with
// the description of the page; before one that is marked as rotated the issuer gets
// another key.
var iamSample = regexp.MustCompile("(?s)(<!-- iam(: rotated)? -->\n```console\n\\$ fedstone ([^\n]*)\n)(.*?)(```\n)")

// The addresses of the page, which stand for those of the contract server and the issuer.
const (
	iamAddress    = "https://iam.eu-de.otc.t-systems.com"
	issuerAddress = "https://sso.example.org"
)

// TestIAMPage: what the page shows is what the tool prints at the contract server.
func TestIAMPage(t *testing.T) {
	page := filepath.Join(labtest.Repository(t), "docs", "iam.md")
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	cloud, issuer := iamtest.New(t), optest.New(t)
	issuer.Secrets["cloud"] = "cloud-secret-canary"
	story := newStory(t, old, cloud, issuer)
	fresh := iamSample.ReplaceAllFunc(old, func(block []byte) []byte {
		m := iamSample.FindSubmatch(block)
		if len(m[2]) > 0 {
			issuer.Keys.Other(t)
			issuer.Keys.RSAID = "rsa-2"
		}
		out := story(strings.Fields(string(m[3])))
		if steady(string(m[4])) == steady(string(out)) {
			return block
		}
		return bytes.Join([][]byte{m[1], out, m[5]}, nil)
	})
	if *update {
		if err := os.WriteFile(page, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), string(fresh)); diff != "" {
		t.Errorf("docs/iam.md has drifted; `make update` rewrites it (-file +tool):\n%s", diff)
	}
}

// newStory gives a function that runs the command line with the page's description.
func newStory(t *testing.T, page []byte, cloud *iamtest.Server, issuer *optest.Server) func([]string) []byte {
	t.Helper()
	_, rest, _ := bytes.Cut(page, []byte("```yaml\n"))
	description, _, _ := bytes.Cut(rest, []byte("```\n"))
	there := strings.NewReplacer(iamAddress, cloud.URL, issuerAddress, issuer.URL)
	here := strings.NewReplacer(cloud.URL, iamAddress, issuer.URL, issuerAddress)
	bin, file := labtest.Binary(t), filepath.Join(t.TempDir(), "federation.yaml")
	if err := os.WriteFile(file, []byte(there.Replace(string(description))), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(args []string) []byte {
		cmd := exec.Command(bin, args...)
		cmd.Dir = filepath.Dir(file)
		cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+cloud.CAFile, "CLOUD_SECRET=cloud-secret-canary", "ALICE_PASSWORD=alice-password-canary")
		for name, value := range cloud.Env() {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		out, err := cmd.CombinedOutput()
		if _, exited := err.(*exec.ExitError); err != nil && !exited {
			t.Fatal(err)
		}
		return []byte(here.Replace(string(out)))
	}
}
