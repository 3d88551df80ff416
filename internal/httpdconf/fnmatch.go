package httpdconf

import "strings"

// hasWildcard is apr_fnmatch_test: whether a path is a pattern at all.
func hasWildcard(pattern string) bool {
	nesting := 0
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '?', '*':
			return true
		case '\\':
			if i++; i == len(pattern) {
				return false
			}
		case '[':
			nesting++
		case ']':
			if nesting > 0 {
				return true
			}
		}
	}
	return false
}

// matches is apr_fnmatch with APR_FNM_PERIOD: a name that begins with a dot must
// be asked for with a dot. It takes time len(pattern) × len(name).
func matches(pattern, name string) bool {
	if strings.HasPrefix(name, ".") && !strings.HasPrefix(strings.TrimPrefix(pattern, `\`), ".") {
		return false
	}
	return matchAll(pattern, name)
}

// matchAll is without a rule for dots.
func matchAll(pattern, name string) bool {
	p, n := 0, 0
	starP, starN := -1, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == '*' {
			starP, starN = p, n
			p++
			continue
		}
		if p < len(pattern) {
			if width, ok := matchOne(pattern[p:], name[n]); ok {
				p, n = p+width, n+1
				continue
			}
		}
		if starP < 0 {
			return false
		}
		starN++
		p, n = starP+1, starN
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// matchOne matches one character with what a pattern, not empty, begins with, and
// gives how long that is.
func matchOne(pattern string, c byte) (width int, ok bool) {
	switch {
	case pattern[0] == '?':
		return 1, true
	case pattern[0] == '[':
		if width, in, closed := matchSet(pattern, c); closed {
			return width, in
		}
	case pattern[0] == '\\' && len(pattern) > 1:
		return 2, pattern[1] == c
	}
	return 1, pattern[0] == c
}

// matchSet reads `[…]`. closed is false when it is none, and `[` stands for itself.
func matchSet(pattern string, c byte) (width int, in, closed bool) {
	i := 1
	negate := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if negate {
		i++
	}
	for first := true; i < len(pattern); first = false {
		if pattern[i] == ']' && !first {
			return i + 1, in != negate, true
		}
		if pattern[i] == '\\' {
			if i++; i == len(pattern) {
				break
			}
		}
		var hit bool
		if i, hit = matchRange(pattern, i, c); i > len(pattern) {
			break
		}
		in = in || hit
	}
	return 0, false, false
}

// matchRange reads `a` or `a-z` at i, and gives where it ends; behind the pattern
// when it is broken off.
func matchRange(pattern string, i int, c byte) (next int, hit bool) {
	from := pattern[i]
	if i+2 >= len(pattern) || pattern[i+1] != '-' || pattern[i+2] == ']' {
		if i+2 == len(pattern) && pattern[i+1] == '-' {
			return len(pattern) + 1, false
		}
		return i + 1, from == c
	}
	i += 2
	if pattern[i] == '\\' {
		if i++; i == len(pattern) {
			return len(pattern) + 1, false
		}
	}
	return i + 1, from <= c && c <= pattern[i]
}

// MatchText is apr_fnmatch without flags, as <Proxy> uses it: a wildcard matches
// slashes, too.
func MatchText(pattern, text string) bool { return matchAll(pattern, text) }

// MatchPath is apr_fnmatch with APR_FNM_PATHNAME, as <Location>, <Directory> and
// <Files> use it: a wildcard never matches a slash.
func MatchPath(pattern, path string) bool {
	for {
		p, restP, moreP := cutPattern(pattern)
		n, restN, moreN := strings.Cut(path, "/")
		if moreP != moreN || !matchAll(p, n) {
			return false
		}
		if !moreP {
			return true
		}
		pattern, path = restP, restN
	}
}

// cutPattern cuts at the first slash, also an escaped one.
func cutPattern(pattern string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(pattern, "/")
	if ok && strings.HasSuffix(before, `\`) && !strings.HasSuffix(before, `\\`) {
		before = before[:len(before)-1]
	}
	return before, after, ok
}

// HasWildcard reports whether httpd takes a path as a pattern.
func HasWildcard(path string) bool { return hasWildcard(path) }

// CleanPath makes an absolute path of one, as httpd does for <Directory>.
func CleanPath(path string) string {
	clean, _ := merge("/", path)
	return clean
}
