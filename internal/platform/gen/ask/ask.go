// Package ask asks an Apache httpd which directives its mod_auth_openidc takes:
// the names and contexts from `httpd -L`, the argument counts from what it
// answers to a line without arguments. It serves the generator of the directive
// tables and the test that compares a table with the program at hand. It imports
// platform alone.
package ask

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// Program is an httpd to be asked. Root is the folder it is installed in, entered
// by chroot; "" is the running system.
type Program struct {
	Root    string
	Binary  string // path inside Root: /usr/sbin/apache2
	Modules string // folder of the modules inside Root
}

// Debian gives Debian's httpd below a folder.
func Debian(root string) Program {
	return Program{Root: root, Binary: "/usr/sbin/apache2", Modules: "/usr/lib/apache2/modules"}
}

// Package gives name and version of the module's Debian package.
func (p Program) Package() (string, error) {
	out, err := p.command("dpkg-query", "-W", "-f", "${Package} ${Version}", "libapache2-mod-auth-openidc").Output()
	if err != nil {
		return "", fmt.Errorf("asking %s for the version of libapache2-mod-auth-openidc: %w; is it installed there?", p.name(), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Directives asks for all directives of the module, sorted by name without case.
// Since and Until are left empty. It writes small files into dir, a folder inside
// Root that is given as the program sees it.
func (p Program) Directives(dir string) ([]platform.Directive, error) {
	list, err := p.list(dir)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Kind, err = p.kind(dir, list[i].Name); err != nil {
			return nil, err
		}
		list[i].MinArgs, list[i].MaxArgs = list[i].Kind.Limits()
	}
	slices.SortFunc(list, func(a, b platform.Directive) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list, nil
}

// list reads the output of -L, three lines a directive: name and source file,
// help, contexts.
func (p Program) list(dir string) ([]platform.Directive, error) {
	out, err := p.run(dir, "", "-L")
	if err != nil {
		return nil, fmt.Errorf("asking %s for its directives: %w: %s", p.name(), err, out)
	}
	var list []platform.Directive
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		name, ok := strings.CutSuffix(lines.Text(), " (mod_auth_openidc.c)")
		if !ok {
			continue
		}
		lines.Scan()
		lines.Scan()
		d, err := contexts(name, strings.TrimSpace(lines.Text()))
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, lines.Err()
}

// contexts reads the sentence that httpd has for a directive's contexts
// (show_overrides in server/core.c).
func contexts(name, sentence string) (platform.Directive, error) {
	switch sentence {
	case "Allowed in *.conf only outside <Directory>, <Files>, <Location>, or <If>":
		return platform.Directive{Name: name, Server: true}, nil
	case "Allowed in *.conf anywhere and in .htaccess", "Allowed in *.conf anywhere":
		return platform.Directive{Name: name, Server: true, Directory: true}, nil
	case "Allowed in *.conf only inside <Directory>, <Files>, <Location>, or <If>":
		return platform.Directive{Name: name, Directory: true}, nil
	}
	return platform.Directive{}, fmt.Errorf("directive %s: contexts %q are not known; add them", name, sentence)
}

// run starts the program on a configuration that loads the module and holds one
// more line.
func (p Program) run(dir, line string, args ...string) ([]byte, error) {
	var conf strings.Builder
	fmt.Fprintf(&conf, "ServerName localhost\nErrorLog /dev/null\nDefaultRuntimeDir %s\nPidFile %s/pid\n", dir, dir)
	for _, m := range []string{"mpm_event", "authz_core", "authn_core", "auth_openidc"} {
		fmt.Fprintf(&conf, "LoadModule %s_module %s/mod_%s.so\n", m, p.Modules, m)
	}
	conf.WriteString(line + "\n")
	file := filepath.Join(dir, "ask.conf")
	if err := os.WriteFile(filepath.Join(p.Root, file), []byte(conf.String()), 0o600); err != nil {
		return nil, err
	}
	return p.command(p.Binary, append([]string{"-f", file}, args...)...).CombinedOutput()
}

func (p Program) command(name string, args ...string) *exec.Cmd {
	if p.Root == "" {
		return exec.Command(name, args...)
	}
	return exec.Command("chroot", append([]string{p.Root, name}, args...)...)
}

func (p Program) name() string { return filepath.Join("/", p.Root, p.Binary) }
