package subject

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/fedstone/fedstone/internal/input"
)

// detect finds out of what platform a machine's root is: from what fedstone wrote,
// or from the distribution's own files. What the user named wins.
func (l *loader) detect(dir string) {
	if l.opt.Platform == "" {
		l.opt.Platform = manifestPlatform(dir)
	}
	if l.opt.Platform == "" {
		l.opt.Platform = releasePlatform(dir)
	}
	if l.opt.Module == "" {
		l.opt.Module = packageVersion(dir, "libapache2-mod-auth-openidc")
	}
}

func readUp(dir, name string) string {
	src, err := input.File(filepath.Join(dir, name), maxFile)
	if err != nil {
		return ""
	}
	return string(src)
}

func manifestPlatform(dir string) string {
	var manifest struct {
		Platform string `json:"platform"`
	}
	if json.Unmarshal([]byte(readUp(dir, "var/lib/fedstone/manifest.json")), &manifest) != nil {
		return ""
	}
	return manifest.Platform
}

func releasePlatform(dir string) string {
	values := map[string]string{}
	for line := range strings.Lines(readUp(dir, "etc/os-release")) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			values[key] = strings.Trim(value, `"'`)
		}
	}
	if values["ID"] == "debian" {
		return "debian-" + values["VERSION_ID"]
	}
	return ""
}

// packageVersion reads the version of an installed package of Debian, without epoch
// and revision.
func packageVersion(dir, name string) string {
	status := readUp(dir, "var/lib/dpkg/status")
	_, rest, ok := strings.Cut("\n"+status, "\nPackage: "+name+"\n")
	if !ok {
		return ""
	}
	paragraph, _, _ := strings.Cut(rest, "\n\n")
	for line := range strings.Lines(paragraph) {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), "Version: "); ok {
			version = version[strings.Index(version, ":")+1:]
			version, _, _ = strings.Cut(version, "-")
			return version
		}
	}
	return ""
}
