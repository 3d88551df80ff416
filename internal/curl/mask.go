package curl

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/secret"
)

// masked gives answers in which nothing is left that lets anybody in. What is known
// as a secret from one place is masked in every other.
func masked(all []Response) []Response {
	m := &masker{mask: &secret.Redactor{}}
	for i := range all {
		all[i].Header = m.headers(all[i].Header)
		all[i].Body = []byte(m.content(string(all[i].Body)))
		all[i].Sent = m.sent(all[i].Sent)
	}
	for i := range all {
		for name, values := range all[i].Header {
			for j := range values {
				values[j] = m.mask.Redact(values[j])
			}
			all[i].Header[name] = values
		}
		all[i].Body = []byte(m.mask.Redact(string(all[i].Body)))
	}
	return all
}

// masker knows the secrets that were met.
type masker struct {
	mask  *secret.Redactor
	known int
}

// A value of this length is masked wherever it stands; so many are looked for.
const (
	least = 8
	most  = 200
)

func (m *masker) hide(value string) string {
	if len(value) >= least && m.known < most {
		m.mask.Add(secret.New(value))
		m.known++
	}
	return secret.Mask
}

func (m *masker) headers(h http.Header) http.Header {
	for name, values := range h {
		for i, value := range values {
			values[i] = m.header(name, value)
		}
	}
	return h
}

func (m *masker) header(name, value string) string {
	bearing := []string{"Authorization", "Proxy-Authorization", "X-Subject-Token", "X-Auth-Token", "X-Service-Token"}
	switch {
	case name == "Set-Cookie", name == "Cookie":
		return m.cookie(value)
	case slices.Contains(bearing, name):
		return m.hide(value)
	case name == "Www-Authenticate":
		return value // tells why; the Redactor takes tokens out
	}
	return m.address(value)
}

// cookie keeps the name, which tells the module, and the attributes.
func (m *masker) cookie(text string) string {
	pair, attributes, more := strings.Cut(text, ";")
	name, value, _ := strings.Cut(pair, "=")
	if stem, id, found := strings.Cut(name, "_state_"); found {
		name = stem + "_state_" + m.hide(id)
	}
	if more {
		attributes = ";" + attributes
	}
	return name + "=" + m.hide(value) + attributes
}

// Address masks what a URL's query, fragment and user hold, but for what a request
// for a login says of itself (OpenID Connect Core 1.0, section 3.1.2.1).
func Address(url string) string {
	m := &masker{mask: &secret.Redactor{}}
	return m.mask.Redact(m.address(url))
}

func (m *masker) address(url string) string {
	told := strings.Fields("response_type response_mode scope client_id redirect_uri iss target_link_uri method oidc_callback origin prompt display ReturnTo error error_description")
	url = patterns().user.ReplaceAllString(url, "://"+secret.Mask+"@")
	return patterns().parameter.ReplaceAllStringFunc(url, func(text string) string {
		name, value, _ := strings.Cut(text, "=")
		if slices.Contains(told, name[1:]) {
			return name + "=" + m.body(value)
		}
		return name + "=" + m.hide(value)
	})
}

// content masks a body by what it is.
func (m *masker) content(text string) string {
	if isEnvelope(text) {
		return m.envelope(text)
	}
	return m.body(text)
}

// sent keeps of a request's credentials how they are shown: by Bearer, or by Basic.
func (m *masker) sent(r Request) Request {
	for name, values := range r.Header {
		for i, value := range values {
			scheme, shown, found := strings.Cut(value, " ")
			if name == "Authorization" && found {
				values[i] = scheme + " " + m.hide(shown)
			} else if name != "Accept" && name != "Paos" {
				values[i] = m.header(name, value)
			}
		}
	}
	return r
}

// body masks the values of a form, and of names that stand for a secret.
func (m *masker) body(text string) string {
	text = patterns().field.ReplaceAllString(text, "${1}"+secret.Mask)
	return patterns().named.ReplaceAllStringFunc(text, func(all string) string {
		parts := patterns().named.FindStringSubmatch(all)
		return parts[1] + m.hide(parts[2])
	})
}

type matchers struct{ user, parameter, field, named *regexp.Regexp }

var patterns = sync.OnceValue(func() matchers {
	const names = `[\w.-]*token|state|nonce|\w*secret|password|session\w*|\w*csrf\w*|code_\w+|saml\w+|relaystate`
	return matchers{
		user:      regexp.MustCompile(`://[^/@\s]*@`),
		parameter: regexp.MustCompile(`[?&#;][^=&#;\s]+=[^&#;\s"'<>]*`),
		field:     regexp.MustCompile(`(?i)(<input\b[^>]*\bvalue=["']?)([^"'>]+)`),
		named:     regexp.MustCompile(`(?i)(\b(?:(?:` + names + `)["']?\s*[=:]|code=)\s*["']?)([^\s"'&<>,;{}\[\]]+)`),
	}
})
