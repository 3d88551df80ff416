package labtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// EnvironSite is one virtual host of an EnvironServer.
type EnvironSite struct {
	Name     string // its ServerName
	Server   string // directives at the level of the virtual host
	Location string // directives that protect all of its paths
}

// EnvironServer is an httpd of its own that answers every request with the WSGI environment which reached its program.
type EnvironServer struct {
	root, dir, port string
	daemon          *exec.Cmd
}

// StartEnviron starts httpd with mod_wsgi (in daemon mode, as Keystone runs) and the further modules: the one of this
// host where root is "", else the one in that folder, made with debootstrap. It ends with the test.
func StartEnviron(t testing.TB, root string, modules []string, sites []EnvironSite) *EnvironServer {
	t.Helper()
	s := &EnvironServer{root: root, dir: environFolder(t, root), port: FreePort(t)}
	s.write(t, "environ.py", environProgram)
	s.write(t, "httpd.conf", s.config(modules, sites))
	s.start(t)
	return s
}

// environFolder is a folder that httpd's children may enter.
func environFolder(t testing.TB, root string) string {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Join(root, "/tmp"), "fedstone-environ-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// inside is a path as httpd sees it.
func (s *EnvironServer) inside(path string) string { return strings.TrimPrefix(path, s.root) }

func (s *EnvironServer) write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s *EnvironServer) start(t testing.TB) {
	t.Helper()
	args := []string{"/usr/sbin/apache2", "-f", s.inside(s.dir) + "/httpd.conf", "-DFOREGROUND"}
	if s.root != "" {
		args = append([]string{"chroot", s.root}, args...)
	}
	s.daemon = exec.Command(args[0], args[1:]...)
	var said strings.Builder
	s.daemon.Stdout, s.daemon.Stderr = &said, &said
	if err := s.daemon.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = s.daemon.Wait(); close(ended) }()
	t.Cleanup(func() { _ = s.daemon.Process.Signal(os.Interrupt); <-ended })
	s.await(t, ended, &said)
}

// await waits until the server answers; Interrupt is httpd's word for an end without delay.
func (s *EnvironServer) await(t testing.TB, ended chan struct{}, said fmt.Stringer) {
	t.Helper()
	for range 300 {
		select {
		case <-ended:
			t.Fatalf("httpd ended: %s\n%s", said, s.Log())
		case <-time.After(50 * time.Millisecond):
		}
		if resp, err := http.Get("http://127.0.0.1:" + s.port + "/"); err == nil {
			resp.Body.Close()
			return
		}
	}
	t.Fatalf("httpd does not answer:\n%s", s.Log())
}

// Log is the error log so far.
func (s *EnvironServer) Log() string {
	text, _ := os.ReadFile(filepath.Join(s.dir, "error.log"))
	return string(text)
}

// Ask sends a GET with the bearer token to a site, and gives the answer's status and, where it is 200, the environment.
func (s *EnvironServer) Ask(t testing.TB, site, token string) (int, map[string]string) {
	t.Helper()
	return s.AskAs(t, site, "Bearer "+token)
}

// AskAs is Ask with an Authorization header of any scheme, or of none.
func (s *EnvironServer) AskAs(t testing.TB, site, authorization string) (int, map[string]string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+s.port+"/v3", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = site
	req.Header.Set("Authorization", authorization)
	client := http.Client{Timeout: 30 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return resp.StatusCode, nil
	}
	environ := map[string]string{}
	if err := json.NewDecoder(resp.Body).Decode(&environ); err != nil {
		t.Fatalf("%s: not an environment: %v", site, err)
	}
	return resp.StatusCode, environ
}
