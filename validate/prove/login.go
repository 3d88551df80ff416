package prove

import (
	"crypto/tls"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Step is one request of a login: what was asked, without its query, and the answer's status.
type Step struct {
	Method, URL string
	Status      int
}

// Trace is a login's requests in their order.
type Trace []Step

// String has one request a line.
func (tr Trace) String() string {
	var all strings.Builder
	for _, s := range tr {
		fmt.Fprintf(&all, "%s %s %d\n", s.Method, s.URL, s.Status)
	}
	return all.String()
}

// Login opens a path of httpd in a browser, as https://keystone.example.org and the first port that httpd listens on,
// enters the issuer on the module's page of issuers, and logs a user in where that issuer shows its form. It ends
// with the application's answer, or with the first one that a browser could not go on from, such as an error page or
// the form of another issuer. Status is 0 where nobody answered; Body then says why.
func (s *Site) Login(t testing.TB, path, issuer, user string) (Answer, Trace) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{site: s, jar: jar, issuer: issuer, user: user}
	port := 5000
	if len(s.network.listens) > 0 {
		port = int(s.network.listens[0].Port())
	}
	answer := b.walk("https://" + net.JoinHostPort("keystone.example.org", strconv.Itoa(port)) + path)
	return answer, b.trace
}

var (
	formTag   = regexp.MustCompile(`(?is)<form[^>]*>`)
	actionOf  = regexp.MustCompile(`(?is)\saction="([^"]*)"`)
	hiddenTag = regexp.MustCompile(`(?is)<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// next is what a browser does with an answer; nil at the end.
func (b *browser) next(last *visit, answer Answer) *visit {
	switch {
	case answer.Env != nil:
		return nil
	case answer.Status >= 301 && answer.Status <= 303:
		return b.redirected(last, answer.Header.Get("Location"))
	case answer.Status != http.StatusOK:
		return nil
	case last.fragment != "":
		return &visit{method: http.MethodPost, url: last.url, form: fragmentForm(last.fragment)}
	case strings.Contains(answer.Body, "OpenID Connect Provider Discovery"):
		return b.choose(last, answer.Body)
	}
	return b.submit(last, answer.Body)
}

func (b *browser) redirected(last *visit, location string) *visit {
	u, err := last.url.Parse(location)
	if err != nil || location == "" {
		return nil
	}
	v := &visit{method: http.MethodGet, url: u, fragment: u.EscapedFragment()}
	u.Fragment, u.RawFragment = "", ""
	return v
}

// fragmentForm is what the module's page sends of an address' fragment (OAuth 2.0 Multiple Response Types).
func fragmentForm(fragment string) url.Values {
	form, _ := url.ParseQuery(fragment) // what cannot be read is left out, as a browser's script would
	form.Set("response_mode", "fragment")
	return form
}

// choose enters the issuer on the module's page of issuers, whose form is sent by GET.
func (b *browser) choose(last *visit, page string) *visit {
	v := formOf(last, page)
	if v == nil {
		return nil
	}
	v.form.Set("iss", b.issuer)
	v.url.RawQuery = v.form.Encode()
	return &visit{method: http.MethodGet, url: v.url}
}

// submit sends a page's form: the login at the issuer, or what the issuer wants sent on.
func (b *browser) submit(last *visit, page string) *visit {
	v := formOf(last, page)
	if v == nil || !strings.Contains(page, `name="password"`) {
		return v
	}
	if !b.atIssuer(last.url) {
		return nil
	}
	v.form.Set("username", b.user)
	v.form.Set("password", Password)
	return v
}

// atIssuer says whether a page is the wanted issuer's.
func (b *browser) atIssuer(page *url.URL) bool {
	u, err := url.Parse(b.issuer)
	return err == nil && u.Host == page.Host && strings.HasPrefix(page.Path, u.Path)
}

// formOf is a page's first form with its hidden fields; nil where there is none.
func formOf(last *visit, page string) *visit {
	action := actionOf.FindStringSubmatch(formTag.FindString(page))
	if action == nil {
		return nil
	}
	u, err := last.url.Parse(html.UnescapeString(action[1]))
	if err != nil {
		return nil
	}
	form := url.Values{}
	for _, m := range hiddenTag.FindAllStringSubmatch(page, -1) {
		form.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return &visit{method: http.MethodPost, url: u, form: form}
}

// Password is everybody's, at every issuer.
const Password = "a-password-of-the-tests"

// askIssuer asks an issuer as a browser does that trusts the test's authority.
func (s *Site) askIssuer(u *url.URL, ask Ask) (Answer, error) {
	address, err := s.network.resolve(u.Hostname())
	if err != nil {
		return Answer{}, err
	}
	c, err := s.world.dial(net.JoinHostPort(address, strconv.Itoa(ask.Port)))
	if err != nil {
		return Answer{}, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(askLimit)); err != nil {
		return Answer{}, err
	}
	if u.Scheme == "https" {
		c = tls.Client(c, &tls.Config{ServerName: u.Hostname(), RootCAs: s.ca.pool()})
	}
	if _, err := c.Write(ask.wire(u.Host)); err != nil {
		return Answer{}, err
	}
	return readAnswer(c, ask.Method)
}
