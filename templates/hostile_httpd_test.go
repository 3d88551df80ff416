package templates

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// httpdFrame is what httpd needs beside the files that it is to read.
const httpdFrame = `ServerRoot %[1]s
ServerName localhost
ErrorLog /dev/null
DefaultRuntimeDir %[1]s
PidFile %[1]s/pid
User www-data
Group www-data
`

// byHTTPD has one httpd read the vhost files of all strings, and holds what it has read,
// line by line, against what we read; and against what a harmless string leads to.
func byHTTPD(t *testing.T, all []nasty) {
	files := vhostFiles(t, all)
	output := dumped(t, all, files)
	harmless, reached := "", 0
	for k, n := range all {
		got := dumpOf(output, files[k])
		if slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, "claim") && strings.Contains(line, n.value) }) {
			reached++
		}
		if diff := cmp.Diff(linesOf(t, vhostOf(t, n)), got); diff != "" {
			t.Errorf("%q (-ours +httpd's):\n%s", short(n.value), diff)
		}
		if names := namesOf(got); k == 0 {
			harmless = names
		} else if diff := cmp.Diff(harmless, names); diff != "" {
			t.Errorf("%q changes the directives (-harmless +got):\n%s", short(n.value), diff)
		}
	}
	if t.Logf("%d strings stand in httpd's own reading as they are", reached); reached < 10 {
		t.Error("too few reach httpd")
	}
}

func vhostFiles(t *testing.T, all []nasty) (files []string) {
	t.Helper()
	dir := t.TempDir()
	for k, n := range all {
		files = append(files, filepath.Join(dir, fmt.Sprintf("%d.conf", k)))
		writeFile(t, files[k], string(vhostOf(t, n)))
	}
	return files
}

// dumped gives what httpd says that it has read.
func dumped(t *testing.T, all []nasty, files []string) string {
	t.Helper()
	program, modules := labtest.Httpd(t)
	dir := t.TempDir()
	conf := fmt.Sprintf(httpdFrame, dir)
	for _, name := range modulesOf(all) {
		if file := filepath.Join(modules, "mod_"+name+".so"); onDisk(file) {
			conf += fmt.Sprintf("LoadModule %s_module %s\n", name, file) // others are built in
		}
	}
	main := filepath.Join(dir, "httpd.conf")
	writeFile(t, main, conf+"Include "+strings.Join(files, "\nInclude ")+"\n")
	cmd := exec.Command(program, "-t", "-D", "DUMP_CONFIG", "-f", main)
	cmd.Env = append(os.Environ(), "HOME=/expanded", "x=expanded")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("apache2 -t: %v\n%.3000s", err, out)
	}
	return string(out)
}

func modulesOf(all []nasty) []string {
	list := []string{"mpm_event", "info"}
	for _, n := range all {
		list = append(list, n.bundles[0].Modules...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func onDisk(path string) bool { _, err := os.Stat(path); return err == nil }

func vhostOf(t *testing.T, n nasty) []byte {
	t.Helper()
	i := slices.IndexFunc(n.bundles[0].Files, func(f File) bool { return f.Kind == HTTPD })
	return n.bundles[0].Files[i].Content
}

// dumpOf gives the lines of one file as mod_info shows them: sections, and directives
// with their arguments as they were written, variables replaced.
func dumpOf(output, file string) (lines []string) {
	_, output, _ = strings.Cut(output, "# In file: "+file+"\n")
	output, _, _ = strings.Cut(output, "# In file: ")
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "</") && line != "Syntax OK" {
			lines = append(lines, spaced(line))
		}
	}
	return lines
}

// linesOf gives the same of our own reading.
func linesOf(t *testing.T, text []byte) (lines []string) {
	t.Helper()
	file, list := httpdconf.Parse("", text)
	if len(list) > 0 {
		t.Fatal(list[0].Message)
	}
	httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
		switch n.Kind {
		case httpdconf.Section:
			lines = append(lines, spaced("<"+n.Name+" "+n.RawArgs+">"))
		case httpdconf.Directive:
			lines = append(lines, spaced(n.Name+" "+n.RawArgs))
		}
		return true
	})
	return lines
}

// spaced writes names in lower case, and a section's bracket as mod_info does.
func spaced(line string) string {
	if strings.HasPrefix(line, "<") {
		line = strings.TrimRight(strings.TrimSuffix(line, ">"), " ") + ">"
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	return strings.TrimSpace(strings.ToLower(name) + " " + rest)
}

// namesOf gives the names of all directives in order, but for those that list claims:
// a string in a rule may name one.
func namesOf(lines []string) string {
	var names []string
	for _, line := range lines {
		if name, rest, _ := strings.Cut(line, " "); name != "requestheader" || !strings.HasPrefix(rest, "unset OIDC-") {
			names = append(names, name)
		}
	}
	return strings.Join(names, "\n")
}
