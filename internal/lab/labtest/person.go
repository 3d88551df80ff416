package labtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
)

// Person is somebody at a browser without scripts: one that keeps cookies,
// follows redirects and fills in forms.
type Person struct {
	// Refuses says no where a provider asks whether a client may go on.
	Refuses bool

	name, password string
	web            *http.Client
}

// NewPerson gives a person of an issuer ("corp", "alice") a browser that trusts
// the lab's CA.
func NewPerson(t testing.TB, l *lab.Lab, issuer, name string) *Person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Person{name: name, password: Secret(t, l, issuer+"-user-"+name), web: &http.Client{Jar: jar, Transport: forPages{trusting(t, l)}, Timeout: 30 * time.Second}}
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
// password where they are asked for, yes (or no) to all questions. It gives the
// page that asks nothing more, or that comes after a no.
func (p *Person) Open(t testing.TB, address string) string {
	t.Helper()
	text, at := p.read(t, must(p.web.Get(address))(t))
	refused := false
	for range 10 {
		f, found := firstForm(text)
		if !found || refused {
			return text
		}
		refused = p.Refuses && f.asks()
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

// forPages asks for pages, as browsers do: programs get a 401 where a login begins.
type forPages struct{ next http.RoundTripper }

// RoundTrip serves http.RoundTripper.
func (f forPages) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	return f.next.RoundTrip(r)
}

// Cookies are those that the browser sends to an address.
func (p *Person) Cookies(t testing.TB, address string) []*http.Cookie {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return p.web.Jar.Cookies(at)
}
