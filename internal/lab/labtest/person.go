package labtest

import (
	"crypto/tls"
	"crypto/x509"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
)

// Person is somebody at a browser without scripts: one that keeps cookies,
// follows redirects and fills in forms.
type Person struct {
	name, password string
	web            *http.Client
}

// NewPerson gives a person of an issuer ("corp", "alice") a browser that trusts
// the lab's CA.
func NewPerson(t testing.TB, l *lab.Lab, issuer, name string) *Person {
	t.Helper()
	ca, err := os.ReadFile(l.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(transport.CloseIdleConnections)
	return &Person{name: name, password: Secret(t, l, issuer+"-user-"+name), web: &http.Client{Jar: jar, Transport: transport, Timeout: 30 * time.Second}}
}

// Secret reads a secret of the lab by name, as lab.SecretFile has them.
func Secret(t testing.TB, l *lab.Lab, name string) string {
	t.Helper()
	text, err := os.ReadFile(l.SecretFile(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Open opens an address and fills in every form that follows: the name and the
// password where they are asked for, yes to all questions. It gives the page
// that asks nothing more.
func (p *Person) Open(t testing.TB, address string) string {
	t.Helper()
	text, at := p.read(t, must(p.web.Get(address))(t))
	for range 10 {
		f, found := firstForm(text)
		if !found {
			return text
		}
		text, at = p.read(t, must(p.web.PostForm(f.target(t, at), f.filled(p)))(t))
	}
	t.Fatalf("the pages have no end; the last is %s:\n%s", at.Path, text)
	return ""
}

func must(resp *http.Response, err error) func(testing.TB) *http.Response {
	return func(t testing.TB) *http.Response {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
}

func (p *Person) read(t testing.TB, resp *http.Response) (text string, at *url.URL) {
	t.Helper()
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), resp.Request.URL
}

// form is a form of a page.
type form struct {
	action string
	inputs map[string]string
}

// The parts of a page that a person at a terminal needs. Buttons that say no are
// left out.
const (
	formPattern      = `(?is)<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>`
	inputPattern     = `(?is)<(?:input|button)\b([^>]*)>`
	attributePattern = `(?is)\b(action|name|value)="([^"]*)"`
)

func firstForm(page string) (form, bool) {
	found := regexp.MustCompile(formPattern).FindStringSubmatch(page)
	if found == nil {
		return form{}, false
	}
	f := form{action: attributes(found[1])["action"], inputs: map[string]string{}}
	for _, m := range regexp.MustCompile(inputPattern).FindAllStringSubmatch(found[2], -1) {
		a := attributes(m[1])
		if name := a["name"]; name != "" && name != "cancel" && name != "abort" {
			f.inputs[name] = a["value"]
		}
	}
	return f, true
}

func attributes(text string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(attributePattern).FindAllStringSubmatch(text, -1) {
		out[strings.ToLower(m[1])] = html.UnescapeString(m[2])
	}
	return out
}

func (f form) target(t testing.TB, at *url.URL) string {
	t.Helper()
	target, err := at.Parse(f.action)
	if err != nil {
		t.Fatal(err)
	}
	return target.String()
}

func (f form) filled(p *Person) url.Values {
	out := url.Values{}
	for name, value := range f.inputs {
		switch name {
		case "username":
			value = p.name
		case "password":
			value = p.password
		}
		out.Set(name, value)
	}
	return out
}
