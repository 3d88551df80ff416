package spec

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

// slash says what may stand at the end of a URL.
type slash bool

const (
	anyPath      slash = false // an issuer is what it writes itself, also with a final slash
	noFinalSlash slash = true
)

// url refuses every https URL that is not canonical: the text is compared as a
// string by Keystone, httpd and the issuer, and becomes part of file names.
func (l *loader) url(t Text, what string, end slash) {
	if !t.Given() {
		return
	}
	if strings.Contains(t.Value, "@") { // a password may stand there: nothing is repeated
		l.fail("url", t.At, what+" holds a user name or password, expected only scheme, host, port and path", credentialHome(what))
		return
	}
	if problem, mend := urlProblem(t.Value, end); problem != "" {
		l.fail("url", t.At, fmt.Sprintf("%s %s %s", what, show(t.Value), problem), mend)
	}
}

// credentialHome says where an id and a secret belong that somebody wrote into a URL.
func credentialHome(what string) string {
	switch what {
	case "issuer", "register.endpoint":
		return "register: {issuer: {env: CORP_REGISTRAR}}   # the variable holds https://ID:SECRET@HOST/PATH"
	default:
		return ""
	}
}

// urlProblem gives what is wrong with a URL and, where it can tell, the right one.
func urlProblem(raw string, end slash) (problem, mend string) {
	if problem, mend = textProblem(raw); problem != "" {
		return problem, mend
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "is not a URL", "https://HOST/PATH"
	}
	if problem, mend = hostProblem(raw, u); problem != "" {
		return problem, mend
	}
	// The text itself, since net/url has escaped what it found odd.
	if problem = pathProblem(strings.TrimPrefix(raw, "https://"+u.Host)); problem != "" {
		return problem, ""
	}
	if end == noFinalSlash && strings.HasSuffix(raw, "/") {
		return "ends in a slash", strings.TrimRight(raw, "/")
	}
	return "", ""
}

// textProblem looks at what net/url would mend silently.
func textProblem(raw string) (problem, mend string) {
	scheme, rest, found := strings.Cut(raw, "://")
	switch {
	case !found:
		return "is not a URL, expected https://HOST/PATH", ""
	case scheme == "http":
		return "is http, expected https", "https://" + rest
	case scheme != "https":
		return "is not an https URL", ""
	case strings.Contains(raw, `\`):
		return "holds a backslash", ""
	case strings.ContainsAny(raw, "?#"):
		return "has a query or fragment, expected none", raw[:strings.IndexAny(raw, "?#")]
	case strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "has characters outside ASCII, expected punycode or percent encoding", ""
	default:
		return "", ""
	}
}

var hostName = pattern.Lazy(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

func hostProblem(raw string, u *url.URL) (problem, mend string) {
	host, port := u.Hostname(), u.Port()
	switch {
	case host == "":
		return "has no host", ""
	case host != strings.ToLower(host):
		return "has upper-case letters in its host", strings.Replace(raw, host, strings.ToLower(host), 1)
	case port == "443":
		return "names the default port 443", strings.Replace(raw, ":443", "", 1)
	case strings.HasSuffix(u.Host, ":") || port != "" && !portNumber(port):
		return "has a port that is not a number from 1 to 65535", ""
	case strings.HasPrefix(u.Host, "["):
		return addressProblem(host), ""
	case !hostName().MatchString(host) || len(host) > 253:
		return fmt.Sprintf("has the host %s, which is not a host name", show(host)), ""
	default:
		return "", ""
	}
}

func addressProblem(host string) string {
	address, err := netip.ParseAddr(host)
	switch {
	case err != nil || !address.Is6():
		return "has brackets around what is not an IPv6 address"
	case address.Zone() != "":
		return "has an IPv6 zone, which means something on one host only"
	default:
		return ""
	}
}

func portNumber(text string) bool {
	port, err := strconv.Atoi(text)
	return err == nil && port >= 1 && port <= 65535 && strconv.Itoa(port) == text
}

var (
	pathText  = pattern.Lazy(`^[A-Za-z0-9._~/:!,;=&+()%-]*$`)
	pathTrick = pattern.Lazy(`(?i)%2e|%2f|%5c|%00|%0a|%0d`)
)

func pathProblem(path string) string {
	for _, segment := range strings.Split(path, "/") {
		if segment == "." || segment == ".." {
			return "has . or .. in its path"
		}
	}
	switch {
	case strings.Contains(path, "//"):
		return "has // in its path"
	case pathTrick().MatchString(path):
		return "hides a dot, slash or line break behind a percent sign"
	case !pathText().MatchString(path):
		return "has a character in its path that is not allowed"
	default:
		return ""
	}
}
