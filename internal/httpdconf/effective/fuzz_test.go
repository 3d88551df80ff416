package effective_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// FuzzEffective: any configuration answers any request without panic and in
// bounded time, the layers stand in the order in which httpd merges them, and
// what decides comes from them.
func FuzzEffective(f *testing.F) {
	f.Add(observable, "/secret/quiet", "/docs/c.txt", "own.test", uint16(1), uint8(0))
	f.Add("<Location \"/[\">\n</Location>\n<Directory ~>\n</Directory>\n<Files>\n</Files>\n<If>\n</If>\n<Else>\n</Else>\n", "/[", "/", "", uint16(80), uint8(1))
	f.Add("<VirtualHost *:1 [ :2 1.2.3.4: x:>\nServerName ://\nServerAlias * ?\n</VirtualHost>\n", "", "x", ":", uint16(2), uint8(2))
	f.Add("<RequireAny>\n<RequireAll>\nRequire a\n</RequireAll>\n<Limit GET>\nRequire b\n</Limit>\n</RequireAny>\nAuthMerging And\n<If x>\nRequire c\n</If>\n", "/", "", "", uint16(0), uint8(3))
	f.Add(proxied, "/w/x/d", "", "own.test", uint16(1), uint8(8))
	f.Fuzz(func(t *testing.T, text, path, file, host string, port uint16, kind uint8) {
		if len(text) > 1<<14 || len(path)+len(file)+len(host) > 1<<12 {
			return
		}
		config, _ := load(t, text)
		server := config.Select(netip.AddrPortFrom(address(kind), port), host)
		if server == nil {
			t.Fatal("no server")
		}
		request := effective.Request{Path: path, File: file, PathInfo: kind&4 != 0}
		if kind&8 != 0 {
			request.Proxy = "http:/" + path
		}
		x := server.At(request)
		checkLayers(t, x)
		checkSettings(t, x)
		checkAuthz(t, x)
		again := server.At(request)
		if len(again.Layers) != len(x.Layers) && certain(x) && certain(again) {
			t.Fatalf("asked again, %d layers instead of %d", len(again.Layers), len(x.Layers))
		}
	})
}

// certain reports whether every layer was decided: an expression that takes too long is
// not, and how long it takes depends on the machine.
func certain(x *effective.Context) bool {
	return !slices.ContainsFunc(x.Layers, func(l *effective.Layer) bool { return !l.Certain })
}

// address is one of several, so that a fuzzer finds those of virtual hosts.
func address(kind uint8) netip.Addr {
	all := [...]netip.Addr{netip.AddrFrom4([4]byte{1, 2, 3, 4}), netip.IPv6LinkLocalAllNodes(), netip.AddrFrom4([4]byte{127, 0, 0, 1}), {}}
	return all[int(kind)%len(all)]
}

func checkLayers(t *testing.T, x *effective.Context) {
	t.Helper()
	for i, l := range x.Layers {
		if i == 0 && l.Kind != effective.MainServer || i > 0 && (l.Kind < x.Layers[i-1].Kind || l.Kind == effective.MainServer) {
			t.Fatalf("layer %d is of the kind %s", i, l.Kind)
		}
		if (l.Section == nil) != (l.Kind == effective.MainServer) {
			t.Fatalf("layer %d, %s, has the section %v", i, l.Kind, l.Section)
		}
	}
}

// checkSettings: a setting's commands are of its name and of a layer, the
// undecided ones, too.
func checkSettings(t *testing.T, x *effective.Context) {
	t.Helper()
	in, names := map[*httpdconf.Command]bool{}, map[string]bool{}
	for _, l := range x.Layers {
		for _, c := range l.Commands {
			in[c], names[c.Key()] = true, true
		}
	}
	for name := range names {
		s := x.Setting(name)
		s.Value()
		for _, c := range append(append([]*httpdconf.Command{}, s.Commands...), s.Undecided...) {
			if !in[c] || c.Key() != name {
				t.Fatalf("setting %q has %s from %s", name, c.Name, c.At())
			}
		}
	}
}

// checkAuthz: a node is one Require or joins others, and every Require is told
// once at most.
func checkAuthz(t *testing.T, x *effective.Context) {
	t.Helper()
	authz, _ := x.Authz()
	if authz == nil {
		return
	}
	told := map[*httpdconf.Command]int{}
	for open := []*effective.Authz{authz}; len(open) > 0; {
		a := open[0]
		open = append(open[1:], a.Parts...)
		if (a.Op == effective.One) != (a.Command != nil && a.Command.Key() == "require") || a.Op == effective.One && len(a.Parts) > 0 {
			t.Fatalf("%v joins %d parts", a.Op, len(a.Parts))
		}
		if a.Command != nil {
			told[a.Command]++
		}
	}
	for c, n := range told {
		if n > 1 {
			t.Fatalf("%s stands %d times in it", c.At(), n)
		}
	}
}
