package curl

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/secret"
)

// soap is the namespace of a SOAP 1.1 envelope.
const soap = "http://schemas.xmlsoap.org/soap/envelope/"

// isEnvelope reports a body of SAML's calls, in which a colon parts names and not a
// secret from its name.
func isEnvelope(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(text, "\ufeff \t\r\n"), "<") && strings.Contains(text, soap)
}

// envelope masks whatever stands between the tags of an envelope, and the numbers of
// sessions, but for what says why: faults, the status's message and the entities'
// names. Of an assertion nothing is left that anybody could use: no name, no
// attribute's value, no signature.
func (m *masker) envelope(text string) string {
	text = wrapped().ReplaceAllString(comment().ReplaceAllString(text, ""), secret.Mask)
	text = sessionNumber().ReplaceAllString(text, "${1}"+secret.Mask)
	return between().ReplaceAllStringFunc(text, func(all string) string {
		tag, inside, _ := strings.Cut(all, ">")
		if strings.TrimSpace(inside) == "" || tellsWhy(tag) {
			return all
		}
		return tag + ">" + secret.Mask
	})
}

// tellsWhy reports an element whose text is no secret.
func tellsWhy(tag string) bool {
	name, _, _ := strings.Cut(strings.Trim(tag, "</"), " ")
	if _, local, found := strings.Cut(name, ":"); found {
		name = local
	}
	return !strings.HasPrefix(tag, "</") && slices.Contains([]string{"faultcode", "faultstring", "detail", "StatusMessage", "Issuer", "X509Certificate"}, name)
}

var (
	between       = pattern.Lazy(`<[^<>]*>[^<]+`)
	wrapped       = pattern.Lazy(`(?s)<!\[CDATA\[.*?\]\]>`)
	comment       = pattern.Lazy(`(?s)<!--.*?-->`)
	sessionNumber = pattern.Lazy(`(?i)(\b(?:session\w*|[\w.-]*token|\w*secret|password|nonce)=["'])[^"']*`)
)
