package labtest

import (
	"embed"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/roots"
)

//go:embed service
var serviceFiles embed.FS

// The filters of keystonemiddleware that a Service may stand behind.
const (
	FilterAuthToken = "auth_token"        // X-Auth-Token
	FilterOAuth2    = "oauth2_token"      // Authorization: Bearer
	FilterMTLS      = "oauth2_mtls_token" // and the certificate that the token is bound to
)

// Service starts a resource server behind a filter of the lab's own keystonemiddleware,
// and gives its URL. clientCA is the PEM file of the CAs whose certificates it asks
// for; "" = it asks for none. It runs in eventlet, the only server that shows
// oauth2_mtls_token the certificate, and ends with the test.
func Service(t testing.TB, l *lab.Lab, filter, clientCA string) string {
	t.Helper()
	dir, err := os.MkdirTemp(l.Dir, "service-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	write := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	program, err := serviceFiles.ReadFile("service/service.py")
	if err != nil {
		t.Fatal(err)
	}
	if clientCA != "" { // the suite's programs find the lab's folder alone
		text, err := os.ReadFile(clientCA)
		if err != nil {
			t.Fatal(err)
		}
		clientCA = write("clients.pem", text)
	}
	paste := write("paste.ini", pasteFile(t, l, filter))
	port := FreePort(t)
	startService(t, l, filepath.Join(dir, "log"), port, "/usr/bin/python3", write("service.py", program), paste, port, l.CertFile, l.KeyFile, clientCA)
	return "https://localhost:" + port + "/v1"
}

func pasteFile(t testing.TB, l *lab.Lab, filter string) []byte {
	t.Helper()
	form, err := template.ParseFS(serviceFiles, "service/paste.ini.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := form.Execute(&text, map[string]string{"Filter": filter, "Keystone": l.KeystoneURL, "Password": Secret(t, l, "admin"), "CA": l.CAFile}); err != nil {
		t.Fatal(err)
	}
	return []byte(text.String())
}

func startService(t testing.TB, l *lab.Lab, log, port string, command ...string) {
	t.Helper()
	if l.System != "" {
		command = roots.Place{Root: string(l.System), Share: l.Dir}.Command(command...)
	}
	cmd := exec.Command(command[0], command[1:]...)
	startLogged(t, cmd, log)
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	for range 400 {
		select {
		case <-ended:
			text, _ := os.ReadFile(log)
			t.Fatalf("the service ended: %s", text)
		case <-time.After(50 * time.Millisecond):
		}
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			return
		}
	}
	text, _ := os.ReadFile(log)
	t.Fatalf("the service does not listen: %s", text)
}
