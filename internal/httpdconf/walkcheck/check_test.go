package walkcheck_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/platform"
)

// cases are configurations, and what is said of them: line, kind, message without
// the invariable end. httpd stops at the first.

var cases = map[string]struct {
	text string
	want string
}{
	"nothing wrong": {text: "SetEnv A b\n<Location /x>\nRequire all denied\n</Location>\n"},
	"unknown":       {text: "SetEnv A b\nNoSuchThing a\n", want: "2 unknown-directive Invalid command 'nosuchthing'"},
	"misspelled, twice": {
		text: "SetEnw A b\nServerNam x\n",
		want: "1 unknown-directive Invalid command 'setenw' near SetEnv\n2 unknown-directive Invalid command 'servernam' near ServerName",
	},
	"of a module that is not loaded": {text: "SSLEngine on\n", want: "1 unknown-directive Invalid command 'sslengine' by ssl_module"},
	"a section of a module that is not loaded": {
		text: "<Proxy *>\nRequire all denied\nNoSuch\n</Proxy>\n", want: "1 unknown-directive Invalid command '<proxy' by proxy_module",
	},
	"unknown, in a section":              {text: "<Location /x>\nNoSuch\n</Location>\n", want: "2 unknown-directive Invalid command 'nosuch'"},
	"unknown, continued":                 {text: "NoSuch \\\na\n", want: "2 unknown-directive Invalid command 'nosuch'"},
	"no name that may be shown":          {text: "p@ss:w0rd!\n", want: "1 unknown-directive Invalid command '(a name of other characters)'"},
	"a file of secrets, included":        {text: "root:$6$salt$hash:19000:0:99999:7:::\nhunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2 x\n", want: "1 unknown-directive Invalid command '(a name of other characters)'\n2 unknown-directive Invalid command '(a name of other characters)'"},
	"not in a section":                   {text: "<Location /x>\nServerName x\n</Location>\n", want: "2 wrong-place ServerName not allowed in <Location> context"},
	"only in a section":                  {text: "Require all denied\n", want: "1 wrong-place Require not allowed here"},
	"only in a section, in a host":       {text: "<VirtualHost *:1>\nAuthType Basic\n</VirtualHost>\n", want: "2 wrong-place AuthType not allowed in <VirtualHost> context"},
	"a section in a section":             {text: "<Location /x>\n<Location /y>\n</Location>\n</Location>\n", want: "2 wrong-place <Location not allowed in <Location> context"},
	"a folder in a location":             {text: "<Location /x>\n<Directory /y>\n</Directory>\n</Location>\n", want: "2 wrong-place <Directory not allowed in <Location> context"},
	"files in a location":                {text: "<Location /x>\n<Files y>\n</Files>\n</Location>\n", want: "2 wrong-place <Files> cannot occur within <Location> section"},
	"files in an If in a location":       {text: "<Location /x>\n<If true>\n<Files y>\n</Files>\n</If>\n</Location>\n", want: "3 wrong-place <Files> cannot occur within <Location> section"},
	"a host in a host":                   {text: "<VirtualHost *:1>\n<VirtualHost *:2>\n</VirtualHost>\n</VirtualHost>\n", want: "2 wrong-place <VirtualHost> cannot occur within <VirtualHost> section"},
	"Listen in a host":                   {text: "<VirtualHost *:1>\nListen 127.0.0.1:2\n</VirtualHost>\n", want: "2 wrong-place Listen cannot occur within <VirtualHost> section"},
	"If in a container":                  {text: "<Location /x>\n<RequireAll>\n<If true>\n</If>\n</RequireAll>\n</Location>\n", want: "3 wrong-place <If> cannot occur within <Limit> or <LimitExcept> section"},
	"a setting in a container":           {text: "<Location /x>\n<RequireAll>\nSetEnv A b\n</RequireAll>\n</Location>\n", want: "3 wrong-place SetEnv not allowed in <RequireAll> context"},
	"a setting in a container, in Limit": {text: "<Location /x>\n<RequireAny>\n<Limit GET>\nAuthName x\nSetEnv A b\n</Limit>\n</RequireAny>\n</Location>\n", want: "5 wrong-place SetEnv not allowed in <Limit> context"},
	"AllowOverride in a location":        {text: "<Location /x>\nAllowOverride None\n</Location>\n"},
	"Limit in a location":                {text: "<Location /x>\n<Limit GET>\nRequire all denied\n</Limit>\n</Location>\n"},
	"Limit outside":                      {text: "<Limit GET>\nRequire all denied\n</Limit>\n", want: "1 wrong-place <Limit not allowed here\n2 wrong-place Require not allowed in <Limit> context"},
	"If in Limit":                        {text: "<Location /x>\n<Limit GET>\n<If true>\n</If>\n</Limit>\n</Location>\n", want: "3 wrong-place <If> cannot occur within <Limit> or <LimitExcept> section"},
	"no argument":                        {text: "ServerAdmin\n", want: "1 argument-count ServerAdmin takes one argument"},
	"an empty argument":                  {text: "ServerAdmin \"\"\n", want: "1 argument-count ServerAdmin takes one argument"},
	"one argument too many":              {text: "ServerAdmin a b\n", want: "1 argument-count ServerAdmin takes one argument"},
	"an empty argument too many":         {text: "ServerAdmin a \"\"\n", want: "1 argument-count ServerAdmin takes one argument"},
	"a flag":                             {text: "KeepAlive maybe\n", want: "1 argument-count KeepAlive must be On or Off"},
	"a flag, and more":                   {text: "KeepAlive on off nothing\n"},
	"one or two":                         {text: "SetEnv A b c\n", want: "1 argument-count SetEnv takes 1-2 arguments"},
	"each, none":                         {text: "UnsetEnv\n", want: "1 argument-count UnsetEnv requires at least one argument"},
	"each, an empty one later":           {text: "UnsetEnv A \"\" B\n"},
	"a bracket is missing":               {text: "<Location /x\n</Location>\n", want: "1 missing-bracket <Location> directive missing closing '>'"},
	"a container's bracket":              {text: "<Location /x>\n<RequireAll x\n</RequireAll>\n</Location>\n", want: "2 missing-bracket <RequireAll> directive missing closing '>'"},
	"a section without arguments":        {text: "<Location>\n</Location>\n", want: "1 argument-count <Location> directive requires additional arguments"},
	"a host without an address":          {text: "<VirtualHost>\n</VirtualHost>\n", want: "1 argument-count <VirtualHost> directive requires additional arguments"},
	"a container with an argument":       {text: "<Location /x>\n<RequireAny x>\nRequire all denied\n</RequireAny>\n</Location>\n", want: "2 argument-count <RequireAny> directive doesn't take additional arguments"},
	"an Else with an argument":           {text: "<If true>\n</If>\n<Else x>\n</Else>\n", want: "3 argument-count <Else> does not take an argument"},
	"words behind a path":                {text: "<Location /x y>\nSetEnv A b\n</Location>\n", want: "1 argument-count Multiple <Location> arguments not (yet) supported."},
	"words behind a path, told late":     {text: "<Location /x y>\nNoSuch\n</Location>\n", want: "2 unknown-directive Invalid command 'nosuch'\n1 argument-count Multiple <Location> arguments not (yet) supported."},
	"an expression":                      {text: "<Location ~ x>\n</Location>\n<Directory ~ x>\n</Directory>\n<Files ~ x>\n</Files>\n"},
	"words behind an expression":         {text: "<Directory ~ x y>\n</Directory>\n", want: "1 argument-count Multiple <Directory> arguments not (yet) supported."},
	"a tilde where there is one":         {text: "<LocationMatch ~ x>\n</LocationMatch>\n", want: "1 argument-count Multiple <LocationMatch> arguments not (yet) supported."},
	"Error":                              {text: "Error \"not like this\"\n", want: "1 error-directive not like this"},
	"Error, quoted at one end":           {text: "Error 'a b\n", want: "1 error-directive 'a b"},
	"Error without a word":               {text: "Error\n", want: "1 error-directive The Error directive was used with no message."},
	"Error in a section":                 {text: "<Directory /x>\nError a b\n</Directory>\n", want: "2 error-directive a b"},
	"a module's directive":               {text: "OIDCClientID\n", want: "1 argument-count OIDCClientID takes one argument"},
	"a module's directive, misplaced":    {text: "<Location /x>\nOIDCClientID x\n</Location>\n", want: "2 wrong-place OIDCClientID not allowed in <Location> context"},
	"a module's directive, mistyped":     {text: "OIDCClientIDs x\n", want: "1 unknown-directive Invalid command 'oidcclientids' near OIDCClientID"},
	"of a module that may be newer":      {text: "<Location /x>\nWSGIProcessGroup x\n</Location>\n"},
	"macro's line":                       {text: "<Macro M>\nSetEnv A b\nNoSuch\n</Macro>\nUse M\n", want: "2 unknown-directive Invalid command 'nosuch'"},
}

const wrapper = `ServerName localhost
ServerRoot "%[1]s"
DefaultRuntimeDir "%[1]s"
ErrorLog /dev/null
PidFile "%[1]s/pid"
LoadModule mpm_event_module "%[2]s/mod_mpm_event.so"
LoadModule authz_core_module "%[2]s/mod_authz_core.so"
LoadModule authn_core_module "%[2]s/mod_authn_core.so"
LoadModule env_module "%[2]s/mod_env.so"
LoadModule macro_module "%[2]s/mod_macro.so"
LoadModule auth_openidc_module "%[2]s/mod_auth_openidc.so"
LoadModule wsgi_module "%[2]s/mod_wsgi.so"
Listen 127.0.0.1:1
Include case.conf
`

func TestCheck(t *testing.T) {
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			tree := loaded(t, t.TempDir(), "/modules", c.text)
			if diff := cmp.Diff(c.want, drawn(walkcheck.Check(tree, options()))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func options() walkcheck.Options {
	table, _ := platform.TableFor("2.4.12.3")
	return walkcheck.Options{Module: table}
}

// loaded writes a case into a folder and loads it.
func loaded(t testing.TB, root, modules, text string) *httpdconf.Tree {
	t.Helper()
	write(t, filepath.Join(root, "main.conf"), fmt.Sprintf(wrapper, root, modules))
	write(t, filepath.Join(root, "case.conf"), text)
	tree, found, err := httpdconf.Load(filepath.Join(root, "main.conf"), httpdconf.Options{ServerRoot: root, Static: httpdconf.StaticModules("debian")})
	if err != nil || tree.Refused != nil {
		t.Fatal(err, found)
	}
	return tree
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func drawn(problems []walkcheck.Problem) string {
	var lines []string
	for _, p := range problems {
		line := fmt.Sprintf("%d %s %s", p.Command.Line(), p.Kind, strings.TrimSuffix(p.Message, ", perhaps misspelled or defined by a module not included in the server configuration"))
		if p.Near != "" {
			line += " near " + p.Near
		}
		if len(p.Modules) > 0 {
			line += " by " + strings.Join(p.Modules, " ")
		}
		if !p.Sure {
			line += " unsure"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
