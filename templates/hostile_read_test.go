package templates

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
)

// saying is one thing that a file says: where it stands, and its words. For httpd
// these are the sections around a directive, its name and its arguments; for JSON
// and YAML the names on the way and the value.
type saying []string

// sayings reads bundles with readers that know nothing of what was meant.
func sayings(t testing.TB, bundles ...*Bundle) []saying {
	t.Helper()
	var out []saying
	for _, b := range bundles {
		for _, f := range b.Files {
			out = append(out, saying{"file", string(f.Kind), f.Path})
			if f.Kind == manifestKind {
				continue // digests
			}
			got, err := said(f)
			if err != nil {
				t.Fatalf("%s cannot be read: %v\n%s", f.Path, err, f.Content)
			}
			for _, s := range got {
				out = append(out, append(saying{"in", string(f.Kind)}, s...))
			}
		}
	}
	return out
}

func said(f File) ([]saying, error) {
	switch extension := path.Ext(f.Path); {
	case f.Kind == HTTPD, f.Kind == Merged:
		return saidByHTTPD(f.Content)
	case extension == ".key", extension == ".crt", extension == ".pem":
		return nil, nil
	case extension == ".xml":
		return saidByXML(f.Content)
	case f.Kind == Metadata, f.Kind == Mappings, extension == ".json":
		var value any
		err := json.Unmarshal(f.Content, &value)
		return flat(nil, value), err
	case extension == ".yaml", extension == ".yml":
		var value any
		err := yaml.Unmarshal(f.Content, &value)
		return flat(nil, value), err
	case extension == ".tar":
		return saidByArchive(f.Content)
	case f.Kind == Horizon:
		return saidByPython(f.Content)
	case f.Kind == Deploy:
		return within(string(f.Content)), nil
	default:
		return saidByLines(f.Content), nil
	}
}

func saidByHTTPD(text []byte) ([]saying, error) {
	file, list := httpdconf.Parse("", text)
	if len(list) > 0 {
		return nil, fmt.Errorf("line %d: %s", list[0].At.Start.Line, list[0].Message)
	}
	var out []saying
	httpdconf.Walk(file.Nodes, func(parents []*httpdconf.Node, n *httpdconf.Node) bool {
		if n.Kind == httpdconf.Comment || n.Kind == httpdconf.Blank {
			return true
		}
		var s saying
		for _, node := range append(slices.Clone(parents), n) {
			s = append(s, strings.ToLower(node.Name))
			for _, a := range node.Args {
				s = append(s, notDerived(node, a.Value))
			}
		}
		out = append(out, s)
		return true
	})
	return out, nil
}

// notDerived leaves out the passphrases, which are made of the vhost's name by a
// one-way function.
func notDerived(n *httpdconf.Node, value string) string {
	if n.Is("OIDCCryptoPassphrase") && derivedPassphrase.MatchString(value) {
		return "derived"
	}
	return value
}

var derivedPassphrase = regexp.MustCompile(`^[0-9a-f]{64}$`)

func saidByPython(text []byte) ([]saying, error) {
	settings, err := readPython(text)
	var out []saying
	for _, s := range settings {
		out = append(out, flat(saying{s.name}, s.value)...)
	}
	return out, err
}

func saidByLines(text []byte) (out []saying) {
	for line := range strings.Lines(string(text)) {
		out = append(out, saying{strings.TrimSuffix(line, "\n")})
	}
	return out
}

func flat(at saying, value any) []saying {
	var out []saying
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, flat(append(slices.Clone(at), name), v[name])...)
		}
	case []any:
		for _, item := range v {
			out = append(out, flat(append(slices.Clone(at), "[]"), item)...)
		}
	case []entry:
		for _, e := range v {
			out = append(out, flat(append(slices.Clone(at), e.key), e.value)...)
		}
	case string:
		if whole := within(v); whole != nil {
			for _, s := range whole {
				out = append(out, append(slices.Clone(at), s...))
			}
			return out
		}
		return []saying{append(slices.Clone(at), v)}
	default:
		return []saying{append(slices.Clone(at), fmt.Sprint(v))}
	}
	return out
}

// forms are the ways in which a value may stand in a file: itself, or made of it
// by what the file's reader undoes.
var forms = []func(string) string{
	func(v string) string { return v },
	platform.Escape,
	url.QueryEscape,
	regexp.QuoteMeta,
	claimIs,
	platform.MetadataName,
	gateName,
	func(v string) string { return strings.TrimSuffix(v, "/") },
	func(v string) string { return strings.ReplaceAll(v, "$", "$$") },                     // oslo.config
	func(v string) string { return strings.NewReplacer("{", "{{", "}", "}}").Replace(v) }, // Keystone formats a mapping's texts
	func(v string) string { return notInHeaders().ReplaceAllString(v, "-") },
	func(v string) string { return ofURL(v, func(u *url.URL) string { return u.Scheme + "://" + u.Host }) },
	func(v string) string {
		return ofURL(v, func(u *url.URL) string { return u.Scheme + "://" + u.Hostname() + ":" + cmp.Or(u.Port(), "443") })
	},
	func(v string) string { return ofURL(v, func(u *url.URL) string { return u.Hostname() }) },
	func(v string) string { return ofURL(v, func(u *url.URL) string { return cmp.Or(u.Port(), "443") }) },
	vhostAddress,
	bracketed,
	func(v string) string { return yamlQuoted(v) },
}

func ofURL(text string, part func(*url.URL) string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return text
	}
	return part(u)
}

// bracketed is an address as it stands before a port.
func bracketed(v string) string {
	if address, err := netip.ParseAddr(v); err == nil && address.Is6() {
		return "[" + v + "]"
	}
	return v
}

func yamlQuoted(v string) string { text, _ := json.Marshal(v); return string(text) }

// exchange is one value in the place of another, in all forms.
type exchange []string // old, new, old, new …

func newExchange(old, other string) exchange {
	var out exchange
	for _, form := range forms {
		if from, to := form(old), form(other); from != "" && from != to {
			out = append(out, from, to)
		}
	}
	return out
}

// explains reports whether one word may have become the other.
func (x exchange) explains(word, became string) bool {
	if word == became {
		return true
	}
	for i := 0; i < len(x); i += 2 {
		from, to := x[i], x[i+1]
		if !strings.Contains(word, from) {
			continue
		}
		if strings.ReplaceAll(word, from, to) == became || strings.HasSuffix(word, from) && strings.TrimSuffix(word, from)+to == became {
			return true
		}
	}
	return false
}

func (x exchange) explainsAll(s, became saying) bool {
	return len(s) == len(became) && !slices.ContainsFunc(indexes(s), func(i int) bool { return !x.explains(s[i], became[i]) })
}

func indexes(s saying) []int {
	out := make([]int, len(s))
	for i := range s {
		out[i] = i
	}
	return out
}

// unexplained gives what one bundle says that the other does not say with the one
// value in the other's place, and the other way round. What is the same in both is
// set aside first.
func unexplained(before, after []saying, old, other string) (missing, extra []saying) {
	unchanged := map[string]int{}
	for _, s := range after {
		unchanged[strings.Join(s, "\x00")]++
	}
	for _, s := range before {
		if key := strings.Join(s, "\x00"); unchanged[key] > 0 {
			unchanged[key]--
		} else {
			missing = append(missing, s)
		}
	}
	for _, s := range after {
		if key := strings.Join(s, "\x00"); unchanged[key] > 0 {
			unchanged[key]--
			extra = append(extra, s)
		}
	}
	x := newExchange(old, other)
	missing = slices.DeleteFunc(missing, func(s saying) bool {
		i := slices.IndexFunc(extra, func(became saying) bool { return x.explainsAll(s, became) })
		if i >= 0 {
			extra = slices.Delete(extra, i, i+1)
		}
		return i >= 0
	})
	return missing, extra
}
