package prove

import (
	"bufio"
	"maps"
	"net/http"
	"testing"
)

// Keystone is Keystone's own code (Debian's, python3-keystone) on a fixture's configuration.
type Keystone struct {
	Started bool
	// Said is what it logged as it started, and the exception where it did not.
	Said string
	// Refused are the mappings that Keystone did not take, by id, with its words.
	Refused map[string]string

	lines *bufio.ReadWriter
}

// Call is one request to Keystone. The zero value is a POST to op1's path of protocol openid.
type Call struct {
	Method, Path string
	Header       map[string]string
	Body         string
	// Env is what httpd puts into the WSGI environment. An Answer's Env goes here as it is, with its method and path.
	Env map[string]string
}

// Reply is Keystone's answer. Where it refuses, Reason is the class and the words of its last exception, which the body
// of a 401, 403 or 500 keeps back; Log is what it logged meanwhile.
type Reply struct {
	Status      int
	Header      http.Header
	Body        string
	Reason, Log string
}

// StartKeystone runs Keystone on the fixture's keystone.conf (keystone.conf.d/ and etc/ as well) with the objects. It
// ends with the test, which is skipped as labtest.Require does where Keystone is missing. Its database is SQLite,
// which heeds case where MariaDB does not.
func StartKeystone(t testing.TB, fixture string, objects Objects) *Keystone {
	t.Helper()
	l, err := readLayout(fixture)
	if err != nil {
		t.Fatal(err)
	}
	arguments := l.configureKeystone()
	source, err := objects.orUsual(fixture).wire()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	if err := w.writeAll(l.files); err != nil {
		t.Fatal(err)
	}
	k := &Keystone{lines: connectKeystone(t)}
	order := map[string]any{"task": w.task, "root": w.root(), "objects": source, "arguments": arguments}
	answer := struct {
		*Keystone
		Failed string // the exception that an object met
	}{Keystone: k}
	if err := k.converse(order, &answer); err != nil || answer.Failed != "" {
		t.Fatalf("%s: %v\n%s", fixture, err, answer.Failed)
	}
	return k
}

// Ask sends one request.
func (k *Keystone) Ask(t testing.TB, c Call) Reply {
	t.Helper()
	if !k.Started {
		t.Fatalf("Keystone did not start:\n%s", k.Said)
	}
	var got wireReply
	if err := k.converse(c.wire(), &got); err != nil {
		t.Fatal(err)
	}
	return got.reply()
}

// AskTogether sends requests with a token each to threads of one process. All have read their token before the first
// one goes on, which is one of the orders that threads may take; the replies are in the order of the calls.
func (k *Keystone) AskTogether(t testing.TB, calls ...Call) (replies []Reply) {
	t.Helper()
	if !k.Started {
		t.Fatalf("Keystone did not start:\n%s", k.Said)
	}
	asked, got := []any{}, []wireReply{}
	for _, c := range calls {
		asked = append(asked, c.wire())
	}
	if err := k.converse(asked, &got); err != nil {
		t.Fatal(err)
	}
	for _, r := range got {
		replies = append(replies, r.reply())
	}
	return replies
}

// wireReply is a Reply as the program in Python writes it.
type wireReply struct {
	Status            int
	Header            [][2]string
	Body, Reason, Log string
}

func (r wireReply) reply() Reply {
	header := http.Header{}
	for _, h := range r.Header {
		header.Add(h[0], h[1])
	}
	return Reply{r.Status, header, r.Body, r.Reason, r.Log}
}

func (c Call) wire() map[string]any {
	if c.Method == "" {
		c.Method = http.MethodPost
	}
	if c.Path == "" {
		c.Path = "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth"
	}
	header, environ := map[string]string{}, map[string]string{}
	maps.Copy(header, c.Header)
	maps.Copy(environ, c.Env)
	return map[string]any{"method": c.Method, "path": c.Path, "header": header, "body": c.Body, "environ": environ}
}
