package prove

import (
	"fmt"
	"net"
	"net/http/cookiejar"
	"strconv"
	"strings"
	"testing"
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

// Password is everybody's, at every issuer.
const Password = "a-password-of-the-tests"
