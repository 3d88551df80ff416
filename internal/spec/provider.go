package spec

import "strings"

// SplitProvider takes the name of an identity provider of a description apart:
// federation.yaml#corp. named is false for a plain path.
func SplitProvider(name string) (path, idp string, named bool) {
	i := strings.LastIndexByte(name, '#')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}
