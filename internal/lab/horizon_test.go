package lab

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHorizon(t *testing.T) {
	l := up(t, Options{Horizon: true})
	if page := loginPage(t, l); !strings.Contains(page, `name="password"`) || strings.Contains(page, "Campus SSO") {
		t.Errorf("the login page before anything is rendered:\n%s", page)
	}
	sheet := checkStylesheet(t, l, loginPage(t, l))
	if !strings.HasPrefix(sheet, "text/css") {
		t.Errorf("the stylesheet is served as %q, want text/css", sheet)
	}
	settings := filepath.Join(l.Root, "etc/openstack-dashboard/local_settings.d/_50_fedstone.py")
	if err := os.WriteFile(settings, []byte("WEBSSO_ENABLED = True\nWEBSSO_CHOICES = ((\"campus_openid\", \"Campus SSO\"),)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page := loginPage(t, l); !strings.Contains(page, "Campus SSO") {
		t.Errorf("the rendered settings are not read:\n%s", page)
	}
	checkNoSecretLeaks(t, l)
}

func loginPage(t *testing.T, l *Lab) string {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, l.HorizonURL+"/auth/login/", nil)
	status, _, body := send(t, mustClient(t, l), req)
	if status != http.StatusOK {
		t.Fatalf("the login page: %d", status)
	}
	return string(body)
}

// checkStylesheet fetches the page's first stylesheet and returns its type.
func checkStylesheet(t *testing.T, l *Lab, page string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, `<link rel="stylesheet" href="`)
	path, _, found := strings.Cut(rest, `"`)
	if !found {
		t.Fatal("the login page has no stylesheet")
	}
	req, _ := http.NewRequest(http.MethodGet, l.HorizonURL+path, nil)
	status, header, _ := send(t, mustClient(t, l), req)
	if status != http.StatusOK {
		t.Fatalf("%s: %d", path, status)
	}
	return header.Get("Content-Type")
}
