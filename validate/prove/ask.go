package prove

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Ask is one request to httpd. The zero value is GET / on port 5000 of keystone.example.org.
type Ask struct {
	Method string
	Path   string // the request target, sent as it is, with its query
	Port   int
	Host   string            // the Host field; keystone.example.org, with the port where it is not the usual one, if empty
	Header map[string]string // sent as spelt
	Bearer string            // the token of an Authorization field
	Body   string            // sent as a form unless Header has a Content-Type
}

// Answer is what came back. Env is the WSGI environment where Keystone's place answered, nil where httpd did.
type Answer struct {
	Status int
	Header http.Header
	Body   string
	Env    map[string]string
}

// askLimit is how long one answer may take.
const askLimit = 60 * time.Second

// Ask sends one request and never follows a redirect. TLS is spoken where httpd does.
func (s *Site) Ask(t testing.TB, ask Ask) Answer {
	t.Helper()
	answer, err := s.ask(ask)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", ask.Method, ask.Path, err, s.Log())
	}
	return answer
}

func (s *Site) ask(ask Ask) (Answer, error) {
	ask.Method, ask.Path, ask.Port = cmp.Or(ask.Method, http.MethodGet), cmp.Or(ask.Path, "/"), cmp.Or(ask.Port, 5000)
	if s.tls.has(ask.Port) {
		return s.exchange(ask, true)
	}
	answer, err := s.exchange(ask, false)
	if err == nil && answer.Status == http.StatusBadRequest && strings.Contains(answer.Body, "speaking plain HTTP to an SSL-enabled server port") {
		s.tls.add(ask.Port)
		return s.exchange(ask, true)
	}
	return answer, err
}

// exchange sends the request on a connection of its own and reads the answer.
func (s *Site) exchange(ask Ask, secure bool) (Answer, error) {
	c, err := s.world.dial(s.network.address(ask.Port))
	if err != nil {
		return Answer{}, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(askLimit)); err != nil {
		return Answer{}, err
	}
	host := cmp.Or(ask.Host, hostField(ask.Port))
	if secure {
		c = asTLS(c, host)
	}
	if _, err := c.Write(ask.wire(host)); err != nil {
		return Answer{}, err
	}
	return readAnswer(c, ask.Method)
}

// hostField is the Host field of a client that asks keystone.example.org on a port.
func hostField(port int) string {
	if port == 443 || port == 80 {
		return "keystone.example.org"
	}
	return net.JoinHostPort("keystone.example.org", strconv.Itoa(port))
}

// wire is the request as it is sent.
func (ask Ask) wire(host string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", ask.Method, ask.Path, host)
	if ask.Bearer != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", ask.Bearer)
	}
	for name, value := range withUsual(ask.Header) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, value)
	}
	if ask.Body != "" || ask.Method == http.MethodPost {
		if ask.Header["Content-Type"] == "" {
			b.WriteString("Content-Type: application/x-www-form-urlencoded\r\n")
		}
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(ask.Body))
	}
	b.WriteString("\r\n" + ask.Body)
	return b.Bytes()
}

// withUsual adds what every client sends: without an Accept field the module takes a client for a script.
func withUsual(header map[string]string) map[string]string {
	all := map[string]string{"Accept": "*/*", "User-Agent": "prove"}
	maps.Copy(all, header)
	return all
}

func readAnswer(c io.Reader, method string) (Answer, error) {
	resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	answer := Answer{Status: resp.StatusCode, Header: resp.Header, Body: string(body)}
	if err == nil && resp.Header.Get("X-Prove") == "environ" {
		err = json.Unmarshal(body, &answer.Env)
	}
	return answer, err
}

// Names are the names of the environment's variables that begin with prefix, sorted.
func (a Answer) Names(prefix string) []string {
	var names []string
	for name := range a.Env {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
