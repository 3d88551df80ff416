package httpdconf_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// TestFindCopies: each tree of a distribution, copied to some folder, is found and
// read as where it belongs: the same commands as when it is read in place.
func TestFindCopies(t *testing.T) {
	folders, err := filepath.Glob("testdata/trees/layout-*")
	if err != nil || len(folders) < 20 {
		t.Fatal(folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			place, copied := t.TempDir(), t.TempDir()
			copyTree(t, folder, place, "/modules")
			copyTree(t, folder, copied, "/modules")
			undo(t, copied)
			o := httpdconf.Options{Static: httpdconf.StaticModules("debian"), Version: httpdconf.Version{Major: 2, Minor: 4, Patch: 62}}
			main := prepare(t, folder, place, "/modules", &o)
			want, _, err := httpdconf.Load(main, o)
			if err != nil {
				t.Fatal(err)
			}
			main, found, err := httpdconf.Find(copied)
			if err != nil {
				t.Fatal(err)
			}
			found.Env, found.Static, found.Version = o.Env, o.Static, o.Version
			for k, v := range found.Env {
				found.Env[k] = strings.ReplaceAll(v, place, "")
			}
			got, list, err := httpdconf.Load(main, found)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.ReplaceAll(dump(want), place, ""), dump(got)); diff != "" {
				t.Errorf("(-in place +copied):\n%s\n%s", diff, drawnFindings(list))
			}
			if (want.Refused == nil) != (got.Refused == nil) {
				t.Errorf("refused in place: %v; copied: %v", want.Refused, got.Refused)
			}
		})
	}
}

// undo takes the folder's own name out of its files, as they would be on the
// machine they come from.
func undo(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(strings.ReplaceAll(string(text), root, "")), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	for file, want := range map[string]string{
		"etc/httpd/conf/httpd.conf": "/etc/httpd/conf/httpd.conf", "conf/httpd.conf": "/etc/httpd/conf/httpd.conf",
		"etc/apache2/apache2.conf": "/etc/apache2/apache2.conf", "apache2.conf": "/etc/apache2/apache2.conf", "httpd.conf": "/etc/apache2/httpd.conf",
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte("SetEnv A ${VAR}\n"))
		write(t, filepath.Join(filepath.Dir(path), "envvars"), []byte("export VAR=value\n"))
		main, o, err := httpdconf.Find(dir)
		if err != nil || main != want {
			t.Errorf("%s: %q, %v", file, main, err)
			continue
		}
		tree, _, err := httpdconf.Load(main, o)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		value := map[bool]string{true: "value", false: "${VAR}"}[strings.HasSuffix(file, "apache2.conf")]
		if got := drawnTree(tree); got != path+":1:1 SetEnv [A|"+value+"]" {
			t.Errorf("%s: %s", file, got)
		}
	}
	if _, _, err := httpdconf.Find(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestEnvvars(t *testing.T) {
	text := "unset HOME\nif [ \"${APACHE_CONFDIR##/etc/apache2-}\" != \"${APACHE_CONFDIR}\" ] ; then\n\tSUFFIX=\"-${APACHE_CONFDIR##/etc/apache2-}\"\nelse\n\tSUFFIX=\nfi\n" +
		": ${APACHE_RUN_USER:=www-data}\nexport APACHE_RUN_USER=www-data\nexport APACHE_PID_FILE=/var/run/apache2$SUFFIX/apache2.pid\n" +
		"export APACHE_LOG_DIR='/var/log/apache2'\nexport LANG\n#export NO=1\nexport RUN=`hostname`\n"
	want := map[string]string{"APACHE_RUN_USER": "www-data", "APACHE_PID_FILE": "/var/run/apache2/apache2.pid", "APACHE_LOG_DIR": "/var/log/apache2"}
	if diff := cmp.Diff(want, httpdconf.Envvars(text)); diff != "" {
		t.Error(diff)
	}
}

func TestKnows(t *testing.T) {
	tree, _ := load(t, map[string]string{"/main.conf": "LoadModule auth_openidc_module x\n"}, httpdconf.Options{})
	for key, want := range map[string][2]bool{"OIDCClientID": {true, true}, "<location": {true, true}, "location": {false, true}, "OAuth2TokenVerify": {false, true}} {
		if known, sure := tree.Knows(key); [2]bool{known, sure} != want {
			t.Errorf("%s: %v %v", key, known, sure)
		}
	}
	tree, _ = load(t, map[string]string{"/main.conf": "LoadModule nobody_module x\n"}, httpdconf.Options{})
	if known, sure := tree.Knows("Nobody"); known || sure {
		t.Errorf("%v %v", known, sure)
	}
}
