package subject

import (
	"bytes"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Kind says what a file is to validate. The zero Kind is a file that it does not
// know.
type Kind int

// The kinds of files.
const (
	Unknown         Kind = iota
	HTTPD                // httpd configuration
	MappingRules         // a mapping, as JSON
	Metadata             // of a provider: .provider, .client
	KeystoneConf         // keystone.conf or a fragment of it
	DashboardPython      // Horizon's settings
	CloudsYAML           // clouds.yaml
	FederationYAML       // a description
	Registrations        // clients, as an identity provider exports them
	KeystoneObjects      // identity providers and mappings of a live Keystone, saved as JSON
)

// KindOf tells the kind of a file by its name and, where that is not enough, by
// what it holds.
func KindOf(name string, src []byte) Kind {
	base := strings.ToLower(filepath.Base(name))
	switch filepath.Ext(base) {
	case ".provider", ".client":
		return Metadata
	case ".json":
		return kindOfJSON(src)
	case ".py":
		return kindOfPython(strings.ToLower(filepath.ToSlash(name)), src)
	case ".yaml", ".yml":
		return kindOfYAML(src)
	case ".conf", ".load", ".inc":
		return kindOfConf(src)
	}
	return kindOfText(src)
}

func kindOfJSON(src []byte) Kind {
	if bytes.Contains(src, []byte(`"identity_providers"`)) && bytes.Contains(src, []byte(`"mappings"`)) {
		return KeystoneObjects
	}
	if isRegistrations(src) {
		return Registrations
	}
	if bytes.Contains(src, []byte(`"local"`)) || bytes.Contains(src, []byte(`"remote"`)) || bytes.Contains(src, []byte(`"rules"`)) {
		return MappingRules
	}
	return Unknown
}

func kindOfPython(name string, src []byte) Kind {
	if strings.HasPrefix(path.Base(name), "local_settings") || path.Base(path.Dir(name)) == "local_settings.d" || bytes.Contains(src, []byte("WEBSSO_")) || bytes.Contains(src, []byte("OPENSTACK_KEYSTONE_URL")) {
		return DashboardPython
	}
	return Unknown
}

var (
	cloudsKey      = regexp.MustCompile(`(?m)^clouds\s*:`)
	descriptionKey = regexp.MustCompile(`(?m)^(identity_providers|keystone)\s*:`)
	iniSection     = regexp.MustCompile(`^\[[^\]"{]+\]\s*$`)
)

func kindOfYAML(src []byte) Kind {
	switch {
	case cloudsKey.Match(src):
		return CloudsYAML
	case descriptionKey.Match(src):
		return FederationYAML
	}
	return Unknown
}

// kindOfConf looks at the first line that says anything: httpd, oslo.config and
// mod_auth_openidc (.conf of a provider, JSON) all name their files so.
func kindOfConf(src []byte) Kind {
	line := firstLine(src)
	switch {
	case iniSection.Match(line):
		return KeystoneConf
	case bytes.HasPrefix(line, []byte("{")):
		return Metadata
	}
	return HTTPD
}

// kindOfText is for standard input, and for names that say nothing.
func kindOfText(src []byte) Kind {
	line := firstLine(src)
	switch {
	case len(line) == 0:
		return Unknown
	case iniSection.Match(line):
		return KeystoneConf
	case line[0] == '{' || line[0] == '[':
		return kindOfJSON(src)
	case kindOfYAML(src) != Unknown:
		return kindOfYAML(src)
	case bytes.Contains(src, []byte("WEBSSO_")):
		return DashboardPython
	}
	if !directive.Match(src) {
		return Unknown
	}
	return HTTPD
}

// directive is a line as httpd's are written: a section, or a name and an argument.
var directive = regexp.MustCompile(`(?m)^[ \t]*(</?[A-Za-z]|[A-Z][A-Za-z0-9]+[ \t]+[^\s=])`)

// firstLine gives the first line that is neither empty nor a comment.
func firstLine(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	for len(src) > 0 {
		line, rest, _ := bytes.Cut(src, []byte("\n"))
		src = rest
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' && line[0] != ';' {
			return line
		}
	}
	return nil
}
