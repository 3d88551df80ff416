package spec

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func fileSource(name string) Secret { return Secret{File: Text{Value: name}} }
func envSource(name string) Secret  { return Secret{Env: Text{Value: name}} }

func execSource(args ...string) Secret {
	var s Secret
	for _, a := range args {
		s.Exec = append(s.Exec, Text{Value: a})
	}
	return s
}

// vault is a folder of secret files, and a Resolver that reads them.
func vault(t *testing.T) Resolver {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"plain": "hunter2", "line": "hunter2\n", "crlf": "hunter2\r\n", "blank": "\n", "two": "hunter2\nhunter3\n",
		"nul": "hunter2\x00", "exec": "exec:/bin/hunter2", "variable": "hunter2${HOME}", "latin": "hunter2\xe9",
		"large": strings.Repeat("hunter2", maxSecret/6), "spaces": " hunter2 \"\\",
	} {
		write(t, filepath.Join(dir, name), content, 0o600)
	}
	write(t, filepath.Join(dir, "group"), "hunter2", 0o640)
	write(t, filepath.Join(dir, "world"), "hunter2", 0o604)
	env := map[string]string{"GOOD": "hunter2", "EMPTY": "", "LINE": "hunter2\n"}
	return Resolver{Dir: dir, AllowExec: true, LookupEnv: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
}

func write(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
}

func TestResolve(t *testing.T) {
	r := vault(t)
	cases := map[string]struct {
		source Secret
		want   string
	}{
		"file":             {fileSource("plain"), "hunter2"},
		"file and line":    {fileSource("line"), "hunter2"},
		"file and CRLF":    {fileSource("crlf"), "hunter2"},
		"spaces and quote": {fileSource("spaces"), " hunter2 \"\\"},
		"absolute file":    {fileSource(filepath.Join(r.Dir, "plain")), "hunter2"},
		"variable":         {envSource("GOOD"), "hunter2"},
		"variable, line":   {envSource("LINE"), "hunter2"},
		"command":          {execSource("printf", "%s\n", "hunter2"), "hunter2"},
		"command there":    {execSource("cat", "plain"), "hunter2"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := r.Resolve(c.source)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Reveal()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	r := vault(t)
	cases := map[string]struct {
		source Secret
		want   string
	}{
		"nothing given":      {Secret{}, "no source"},
		"missing file":       {fileSource("none"), "no such file"},
		"folder":             {fileSource("."), "is a folder"},
		"group may read":     {fileSource("group"), "mode is 0640"},
		"world may read":     {fileSource("world"), "mode is 0604"},
		"empty":              {fileSource("blank"), "is empty"},
		"two lines":          {fileSource("two"), "control character"},
		"NUL":                {fileSource("nul"), "control character"},
		"exec prefix":        {fileSource("exec"), "exec:"},
		"httpd variable":     {fileSource("variable"), "${"},
		"not UTF-8":          {fileSource("latin"), "not UTF-8"},
		"too large":          {fileSource("large"), "more than"},
		"unset variable":     {envSource("NONE"), "not set"},
		"empty variable":     {envSource("EMPTY"), "is empty"},
		"command fails":      {execSource("sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"), "exit status 3"},
		"command missing":    {execSource("fedstone-no-such-command"), "not found"},
		"command that pours": {execSource("sh", "-c", "while :; do echo hunter2; done"), "more than"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.source.At.Path = "f.yaml"
			got, err := r.Resolve(c.source)
			switch {
			case err == nil:
				t.Fatal("it was accepted")
			case !got.Empty():
				t.Error("a value came with the error")
			case !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "f.yaml: "):
				t.Errorf("error %q, want %q", err, c.want)
			case strings.Contains(fmt.Sprintf("%+v", err), "hunter2"):
				t.Errorf("the error holds the value: %v", err)
			}
		})
	}
}

func TestResolveRunsNothingUnasked(t *testing.T) {
	dir := t.TempDir()
	_, err := Resolver{Dir: dir}.Resolve(execSource("touch", "ran"))
	if err == nil || !strings.Contains(err.Error(), "--allow-exec") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "ran")); err == nil {
		t.Error("the command ran")
	}
}

func TestResolveReadsTheEnvironment(t *testing.T) {
	t.Setenv("FEDSTONE_TEST_SECRET", "hunter2")
	got, err := Resolver{}.Resolve(envSource("FEDSTONE_TEST_SECRET"))
	if err != nil || got.Reveal() != "hunter2" {
		t.Errorf("%v, %v", got, err)
	}
}
