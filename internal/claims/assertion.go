package claims

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/platform"
)

// Assertion is what Keystone takes out of the environment: the variables whose
// name begins with [federation] assertion_prefix, each as text
// (keystone/federation/utils.py, get_assertion_params_from_env).
//
// release is a name such as zed or 2025.1, which stands for its newest point
// release, or the program's own version such as 27.0.0. An unknown one counts as
// newer than all. Splitting at ";" is left to the engine. Variables whose value is
// left to chance are left out.
func Assertion(e Environ, release, prefix string) map[string]string {
	decode := !e.text && decodes(release)
	out := map[string]string{}
	for _, v := range e.Variables {
		if v.Chance || !strings.HasPrefix(v.Name, prefix) {
			continue
		}
		out[v.Name] = v.Value
		if decode {
			out[v.Name] = decoded(v.Value)
		}
	}
	return out
}

// decodes reports whether the release reads values as UTF-8 where they are: so it
// does from 27.0.1, 28.0.1 and 29.0.1 on (asked of the packages on PyPI; 26.1.1
// and the first release of each of these series do not).
func decodes(release string) bool {
	if r, ok := platform.ReleaseByName(release); ok {
		return r.Number >= 27
	}
	if !version.MatchString(release) {
		return true
	}
	first := slices.ContainsFunc([]string{"27.0.0", "28.0.0", "29.0.0"}, func(v string) bool { return platform.CompareVersions(release, v) == 0 })
	return !first && platform.CompareVersions(release, "27") > 0
}

// decoded is v.encode('ISO-8859-1').decode('utf-8'), or v where that fails.
func decoded(v string) string {
	b := make([]byte, 0, len(v))
	for _, r := range v {
		if r > 0xff {
			return v
		}
		b = append(b, byte(r))
	}
	if !utf8.Valid(b) {
		return v
	}
	return string(b)
}
