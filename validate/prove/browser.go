package prove

import (
	"cmp"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// browser walks a login by hand.
type browser struct {
	site         *Site
	jar          *cookiejar.Jar
	issuer, user string
	trace        Trace
}

// visit is a request of the browser: its address, and the form that it sends where it is a POST.
type visit struct {
	method   string
	url      *url.URL
	form     url.Values
	fragment string // what the address had behind #, which is not sent
}

// walk asks until there is nothing to follow, at most thirty times.
func (b *browser) walk(address string) Answer {
	u, err := url.Parse(address)
	if err != nil {
		return Answer{Body: err.Error()}
	}
	next := &visit{method: http.MethodGet, url: u}
	var answer Answer
	for range 30 {
		answer = b.visit(next)
		if next = b.next(next, answer); next == nil {
			break
		}
	}
	return answer
}

// visit asks httpd or an issuer. What went wrong below HTTP is the answer's body, with status 0.
func (b *browser) visit(v *visit) Answer {
	answer, err := b.site.browse(v.url, b.request(v))
	if err != nil {
		answer.Body = err.Error()
	}
	b.jar.SetCookies(v.url, (&http.Response{Header: answer.Header}).Cookies())
	b.trace = append(b.trace, Step{v.method, v.url.Scheme + "://" + v.url.Host + v.url.EscapedPath(), answer.Status})
	return answer
}

// request is a visit with the cookies that belong to it.
func (b *browser) request(v *visit) Ask {
	ask := Ask{Method: v.method, Path: v.url.RequestURI(), Host: v.url.Host, Body: v.form.Encode(), Port: portOf(v.url),
		Header: map[string]string{"User-Agent": "prove", "Accept": "text/html"}}
	var cookies []string
	for _, c := range b.jar.Cookies(v.url) {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	if len(cookies) > 0 {
		ask.Header["Cookie"] = strings.Join(cookies, "; ")
	}
	return ask
}

func portOf(u *url.URL) int {
	usual := map[string]string{"http": "80"}
	port, _ := strconv.Atoi(cmp.Or(u.Port(), usual[u.Scheme], "443")) // url.Parse takes digits alone
	return port
}

// browse sends a browser's request to httpd, where the name is one of its, or to an issuer.
func (s *Site) browse(u *url.URL, ask Ask) (Answer, error) {
	if slices.Contains(s.network.own, u.Hostname()) {
		return s.ask(ask)
	}
	return s.askIssuer(u, ask)
}

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
