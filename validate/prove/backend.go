package prove

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// backendURL is where a fixture hands requests to a Keystone that runs in a server of its own on this host.
var backendURL = regexp.MustCompile(`\b(http|uwsgi)://(?:127\.0\.0\.1|localhost):([0-9]{1,5})\b`)

// startBackends has the application answer by HTTP and uwsgi on the ports that the fixture proxies to, unless httpd
// itself listens there.
func (s *Site) startBackends(t testing.TB, l *layout) {
	t.Helper()
	started := map[string]bool{}
	for _, n := range s.network.listens {
		started[fmt.Sprint(n.Port())] = true
	}
	for _, m := range backendURL.FindAllStringSubmatch(l.conf(), -1) {
		if started[m[2]] {
			continue
		}
		started[m[2]] = true
		listener, err := s.world.listen(net.JoinHostPort("127.0.0.1", m[2]))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		if m[1] == "uwsgi" {
			go serveUwsgi(listener)
		} else {
			go func() { _ = http.Serve(listener, http.HandlerFunc(echoHTTP)) }() // it ends with the listener
		}
	}
}

// echoHTTP answers with what a WSGI server behind a proxy would make of the request.
func echoHTTP(w http.ResponseWriter, r *http.Request) {
	env := map[string]string{"REQUEST_METHOD": r.Method, "PATH_INFO": r.URL.Path, "QUERY_STRING": r.URL.RawQuery, "SERVER_PROTOCOL": r.Proto, "HTTP_HOST": r.Host}
	for name, values := range r.Header {
		env["HTTP_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_"))] = strings.Join(values, ",")
	}
	w.Header().Set("X-Prove", "environ")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(statusFor(r.URL.Path))
	_ = json.NewEncoder(w).Encode(env) // a proxy that has gone away needs none
}

// statusFor is Keystone's status for a login: 201 for a token in the header, 200 for a browser's form.
func statusFor(path string) int {
	if strings.HasSuffix(path, "/auth") {
		return http.StatusCreated
	}
	return http.StatusOK
}

// serveUwsgi answers packets of the uwsgi protocol with the variables in them.
func serveUwsgi(from net.Listener) {
	for {
		c, err := from.Accept()
		if err != nil {
			return // the test is over
		}
		go func() {
			defer c.Close()
			if err := echoUwsgi(c); err != nil {
				log.Printf("uwsgi: %v", err)
			}
		}()
	}
}

// echoUwsgi reads one packet: a head of four bytes, the size in the middle two, then names and values, each behind its
// size; sizes are little-endian.
func echoUwsgi(c io.ReadWriter) error {
	in := bufio.NewReader(c)
	head := make([]byte, 4)
	if _, err := io.ReadFull(in, head); err != nil {
		return err
	}
	vars := make([]byte, binary.LittleEndian.Uint16(head[1:]))
	if _, err := io.ReadFull(in, vars); err != nil {
		return err
	}
	env, err := readVars(vars)
	if err != nil {
		return err
	}
	body, err := json.Marshal(env)
	if err != nil {
		return err
	}
	status := statusFor(env["PATH_INFO"])
	_, err = fmt.Fprintf(c, "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nX-Prove: environ\r\nContent-Length: %d\r\n\r\n%s", status, http.StatusText(status), len(body), body)
	return err
}

func readVars(vars []byte) (map[string]string, error) {
	env := map[string]string{}
	next := func() (string, error) {
		if len(vars) < 2 || len(vars) < 2+int(binary.LittleEndian.Uint16(vars)) {
			return "", io.ErrUnexpectedEOF
		}
		size := 2 + int(binary.LittleEndian.Uint16(vars))
		word := string(vars[2:size])
		vars = vars[size:]
		return word, nil
	}
	for len(vars) > 0 {
		name, err := next()
		if err != nil {
			return nil, err
		}
		if env[name], err = next(); err != nil {
			return nil, err
		}
	}
	return env, nil
}
