package templates

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// longestName is what file systems take (linux/limits.h, NAME_MAX), less the longest
// suffix. While a file is written it has a name of its own, which is short.
const longestName = 255 - len(".provider")

// MetadataName gives the base name under which mod_auth_openidc looks for an
// issuer's files (platform.MetadataName), where a file can have it.
func MetadataName(issuer string) (string, error) {
	name := platform.MetadataName(issuer)
	switch {
	case name == "" || strings.HasPrefix(name, "."):
		return "", fmt.Errorf("issuer %q gives no usable file name, expected https://host/path", issuer)
	case len(name) > longestName:
		return "", fmt.Errorf("issuer gives a file name of %d bytes, expected at most %d; mod_auth_openidc allows no other name, so a shorter issuer is needed", len(name), longestName)
	}
	return name, nil
}
