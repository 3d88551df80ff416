package walkcheck_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// generator writes configurations of sections and directives, most of them right,
// with slips now and then.
type generator struct {
	*rand.Rand
	out   strings.Builder
	depth int
}

func generate(seed uint64) string {
	g := generator{Rand: rand.New(rand.NewPCG(seed, 7))}
	g.lines(4+g.IntN(8), "")
	return g.out.String()
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

// lines writes commands for a place: "" is outside of sections.
func (g *generator) lines(n int, place string) {
	for range n {
		switch k := g.IntN(20); {
		case k == 0:
			g.out.WriteString(g.slip())
		case k < 6 && g.depth < 4:
			g.section(place)
		default:
			g.out.WriteString(g.directive(place) + "\n")
		}
	}
}

func (g *generator) directive(place string) string {
	either := []string{"SetEnv A b", "SetEnv A", "UnsetEnv A b", "PassEnv PATH", "ErrorDocument 404 /x", "Options None", "SetHandler x", "LogLevel warn", "OIDCCookie a", "FileETag None", "WSGIApplicationGroup x"}
	outside := []string{"ServerAdmin a@b", "KeepAlive on off", "Timeout 3", "ServerName a", "UseCanonicalName on", "OIDCClientID a", "OIDCScope \"a b\"", "OIDCCookieSameSite On", "HostnameLookups Off"}
	inside := []string{"Require all denied", "AuthType None", "AuthName x", "AuthMerging Off"}
	switch {
	case g.IntN(25) == 0:
		return g.pick(append(outside, inside...)...)
	case g.IntN(2) == 0:
		return g.pick(either...)
	case inner(place):
		return g.pick(inside...)
	}
	return g.pick(outside...)
}

func inner(place string) bool { return place != "" && place != "VirtualHost" }

func (g *generator) section(place string) {
	names := []string{"Location", "LocationMatch", "Directory", "DirectoryMatch", "Files", "If", "VirtualHost", "Files", "If"}
	if inner(place) {
		names = []string{"Limit", "LimitExcept", "If", "RequireAny", "RequireAll", "Files", "FilesMatch"}
		if g.IntN(12) == 0 {
			names = []string{"Location", "VirtualHost", "Directory", "Else"}
		}
	}
	name := g.pick(names...)
	args := map[string]string{"VirtualHost": " *:1", "Limit": " GET", "LimitExcept": " GET", "If": " true", "RequireAny": "", "RequireAll": "", "Else": ""}
	arg, ok := args[name]
	if !ok {
		arg = g.pick(" /x", ` "/x y"`, " ~ /x")
	}
	if g.IntN(30) == 0 {
		arg = g.pick("", " a b c", ` ""`)
	}
	fmt.Fprintf(&g.out, "<%s%s%s\n", name, arg, g.pick(">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ""))
	if strings.HasPrefix(name, "Require") {
		g.out.WriteString("Require all denied\n")
	}
	inside := name
	if name == "Limit" && place == "" {
		inside = ""
	}
	g.depth++
	g.lines(g.IntN(4), inside)
	g.depth--
	fmt.Fprintf(&g.out, "</%s>\n", name)
}

func (g *generator) slip() string {
	return g.pick("NoSuch a\n", "SetEnw A b\n", "SetEnv\n", "SetEnv A b c\n", "KeepAlive maybe\n", "KeepAlive\n", "ServerAdmin\n", "ServerAdmin a b\n", "UnsetEnv\n", "UnsetEnv \"\" A\n",
		"Error a\n", "Error\n", "Listen 127.0.0.1:2\n", "ServerAdmin \"\"\n", "SSLEngine on\n", "OIDCClientID\n", "OIDCClientID a b\n", "OIDCCookieSameSite\n", "OIDCCryptoPassphrase a b c\n",
		"OIDCWhiteListedClaims\n", "AuthName\n", "AuthType a b\n", "Options\n", "SetHandler\n", "AllowOverride None\n", "<Location>\n</Location>\n", "AcceptPathInfo\n", "Require\n", "<RequireAll x>\n</RequireAll>\n",
		"OIDCProviderMetadataUrl a b\n", "OIDCUnAuthAction 401 a b c\n", "AddDefaultCharset\n", "LimitRequestBody\n", "<If>\n</If>\n", "SetEnv A \"\"\n", "SetEnv \"\" A\n", "<NoSuch x>\nNoSuch y\n</NoSuch>\n", "<NoSuch x\n</NoSuch>\n")
}

func TestGeneratedAgainstHttpd(t *testing.T) {
	_, modules := labtest.Httpd(t)
	count := 200
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		count = 5000
	}
	outcomes := map[string]int{}
	for seed := range count {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			text := generate(uint64(seed))
			root := t.TempDir()
			outcomes[compare(t, loaded(t, root, modules, text), filepath.Join(root, "main.conf"))]++
		})
	}
	t.Log(outcomes)
	if !t.Failed() && (outcomes["problems"] < count/3 || outcomes["accepted"] < count/20 || outcomes["values"] > count/3) {
		t.Errorf("the generator writes too few configurations that say something: %v", outcomes)
	}
}
