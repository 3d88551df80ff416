package main

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"rsc.io/qr"

	"github.com/fedstone/fedstone/internal/login"
)

func TestShowDevice(t *testing.T) {
	d := login.Device{Issuer: "https://sso.example.org", Code: "WDJB-MJHT", URI: "https://sso.example.org/device", Expires: time.Now().Add(time.Minute)}
	var plain, drawn bytes.Buffer
	(&person{out: &plain, columns: 80}).ShowDevice(d)
	for _, want := range []string{"\n    https://sso.example.org/device\n", "\n    WDJB-MJHT\n", "good until"} {
		if !strings.Contains(plain.String(), want) {
			t.Errorf("not shown: %q in\n%s", want, plain.String())
		}
	}
	if strings.Contains(plain.String(), "▀") {
		t.Error("a QR code of nothing")
	}
	d.Complete = "https://sso.example.org/device?user_code=WDJB-MJHT"
	(&person{out: &drawn, columns: 80}).ShowDevice(d)
	if !strings.Contains(drawn.String(), "\n    "+d.Complete+"\n") || !strings.Contains(drawn.String(), "▀") {
		t.Errorf("the complete address is not shown:\n%s", drawn.String())
	}
	var narrow bytes.Buffer
	(&person{out: &narrow, columns: 20}).ShowDevice(d)
	if strings.Contains(narrow.String(), "▀") {
		t.Error("a QR code that does not fit")
	}
}

// TestBlocks reads the drawing back: every square is where the code has it, and
// the border is light.
func TestBlocks(t *testing.T) {
	code, err := qr.Encode("https://sso.example.org/device?user_code=WDJB-MJHT", qr.L)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(blocks(code)), "\n")
	for i, row := range rows {
		row = strings.TrimSuffix(strings.TrimPrefix(row, "\x1b[38;5;16;48;5;231m"), "\x1b[0m")
		for x, r := range []rune(row) {
			upper, lower := strings.ContainsRune("█▀", r), strings.ContainsRune("█▄", r)
			y := 2*i - quiet
			if x -= quiet; upper != code.Black(x, y) || lower != code.Black(x, y+1) {
				t.Fatalf("square %d,%d is %q", x, y, r)
			}
		}
		if n := len([]rune(row)); n != code.Size+2*quiet {
			t.Fatalf("row %d has %d squares", i, n)
		}
	}
	if len(rows) < (code.Size+2*quiet)/2 {
		t.Errorf("%d rows", len(rows))
	}
}

// TestDoor leads one browser to the page, and nobody else.
func TestDoor(t *testing.T) {
	address, err := openDoor("https://sso.example.org/auth?state=canary")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(address, "canary") {
		t.Error("the address holds the URL's secret")
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var got []string
	for _, url := range []string{address + "x", address, address} {
		answer, err := browser.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		got = append(got, answer.Status+" "+answer.Header.Get("Location"))
	}
	want := []string{"404 Not Found ", "302 Found https://sso.example.org/auth?state=canary", "404 Not Found "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBrowserCommand(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for name, tc := range map[string]struct {
		env  map[string]string
		want []string
	}{
		"nothing":  {nil, nil},
		"BROWSER":  {map[string]string{"BROWSER": "firefox --new-window:w3m", "DISPLAY": ":0"}, []string{"firefox", "--new-window"}},
		"X11":      {map[string]string{"DISPLAY": ":0"}, []string{"xdg-open"}},
		"Wayland":  {map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, []string{"xdg-open"}},
		"colon":    {map[string]string{"BROWSER": ":w3m"}, nil},
		"template": {map[string]string{"BROWSER": "links %s -x"}, []string{"links", "%s", "-x"}},
	} {
		if diff := cmp.Diff(tc.want, browserCommand(func(name string) string { return tc.env[name] })); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if diff := cmp.Diff([]string{"http://a", "-x"}, withAddress([]string{"%s", "-x"}, "http://a")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"-x", "http://a"}, withAddress([]string{"-x"}, "http://a")); diff != "" {
		t.Error(diff)
	}
}

func TestStarted(t *testing.T) {
	for command, want := range map[string]bool{"true": true, "false": false, "no-such-browser": false} {
		if got := started(exec.Command(command)); got != want {
			t.Errorf("%s: %v", command, got)
		}
	}
}

// TestNoOpen: where no page can be opened its address is shown.
func TestNoOpen(t *testing.T) {
	var out bytes.Buffer
	(&person{out: &out}).OpenBrowser("https://sso.example.org", "https://sso.example.org/auth?a=b")
	if !strings.Contains(out.String(), "\n    https://sso.example.org/auth?a=b\n") || !strings.Contains(out.String(), "grant: device") {
		t.Error(out.String())
	}
}
