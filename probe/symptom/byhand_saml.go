package symptom

import (
	"mime"
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/saml"
)

// samlWalks gives the ways to look at an answer of SAML's calls; nil where neither the
// path nor the answer is one of them.
func (h Heard) samlWalks() []walk {
	path := pathAsked(h.URL)
	switch {
	case h.Followed != "":
		return nil
	case consumerPath().MatchString(path):
		return []walk{{steps: askedConsumer + " " + samlConsume}}
	case loginPath().MatchString(path):
		return []walk{{steps: askedSAMLLogin + " " + samlRequest}}
	case h.asksProvider(path):
		return []walk{{steps: askedProvider + " " + samlLogin}}
	case !h.speaksSAML():
		return nil
	case strings.Contains(path, "/websso"):
		return []walk{{steps: askedSAMLBrowser + " " + samlControl}}
	case path == "" || authPath().MatchString(path):
		return h.samlDoor()
	}
	return nil
}

// samlDoor looks at the /auth path without a session of httpd, with one, or both.
func (h Heard) samlDoor() []walk {
	without := walk{steps: askedDoor + " " + samlRequest + " " + samlControl}
	with := walk{steps: askedSession + " " + samlInside}
	claims := walk{steps: askedClaims, when: "where the assertion lacks what the rules want"}
	switch {
	case h.kind() == saml.PAOSType:
		return []walk{without}
	case h.Sent == nil:
		without.when, with.when = "without a session of httpd", "with the cookie of a session"
		claims.when = with.when + ", " + claims.when
		return []walk{without, claims, with}
	case h.Sent.Get("Cookie") != "":
		return []walk{claims, with}
	}
	return []walk{without}
}

var (
	consumerPath = pattern.Lazy(`(?i)/(paosResponse|postResponse|artifactResponse|SAML2/(ECP|POST))$`)
	loginPath    = pattern.Lazy(`(?i)/(saml2|mellon)/([^/]+/)?login$`)
	soapPath     = pattern.Lazy(`(?i)(/protocol/saml|/SOAP/ECP)$`)
)

// asksProvider: an identity provider's SOAP endpoint was asked, as Keycloak and
// Shibboleth's provider have it; or an envelope came that it alone makes.
func (h Heard) asksProvider(path string) bool {
	if soapPath().MatchString(path) {
		return true
	}
	r, err := saml.ReadResponse(h.Answer.Body)
	return !strings.Contains(path, "/v3/") && err == nil && (r.Fault != nil || r.Status.Code != "")
}

// speaksSAML: the description says so, the protocol's name, the request or the answer.
func (h Heard) speaksSAML() bool {
	return h.SAML || h.Sent.Get("Paos") != "" || strings.Contains(pathAsked(h.URL), "/protocols/saml2/") ||
		h.Answer.AnsweredBy == keystone.ByMellon || h.Answer.AnsweredBy == keystone.ByShib || h.kind() == saml.PAOSType
}

func (h Heard) kind() string {
	kind, _, err := mime.ParseMediaType(h.Answer.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// stepOfSAML tells a step of SAML from all others.
func stepOfSAML(step string) bool {
	return strings.HasPrefix(step, "asked-saml-") || strings.HasPrefix(step, "ecp-") || step == samlControl
}

// look finds out of an answer of SAML what the probe's steps find out of theirs.
func (h Heard) look(f *Facts) {
	for word, value := range map[string]string{
		"sp": "the service provider", "module": "mod_auth_mellon", "endpoints": "its endpoints", "entity": "the identity provider",
		"place": "that address", "metadata": "the metadata", "seen": "", "want": "", "missing": "",
	} {
		f.Words[word] = value
	}
	for word, value := range h.Words {
		f.Words[word] = value
	}
	f.Marks = append(f.Marks, SAMLDoor)
	switch f.Step {
	case askedDoor, samlRequest:
		h.lookAtRequest(f)
	case askedConsumer, samlConsume:
		h.lookAtConsumer(f)
	case askedProvider, samlLogin:
		h.lookAtLogin(f)
	case askedSAMLBrowser, samlControl:
		f.Words["path"] = pathAsked(h.URL)
	}
}

// lookAtRequest: what was sent decides what a 303 and a 400 mean.
func (h Heard) lookAtRequest(f *Facts) {
	switch {
	case h.Answer.Status == http.StatusOK && h.kind() == saml.PAOSType:
		h.lookAtEnvelope(f)
	case h.Answer.Status == http.StatusOK:
		f.Words["seen"] = "a page " + titleOf(string(h.Answer.Body))
	case h.Sent.Get("Paos") == "" && h.Answer.Status < http.StatusBadRequest:
		f.Marks = append(f.Marks, ECPNotSaid)
	case h.Sent == nil:
	case h.Sent.Get("Paos") == "":
		f.Marks = append(f.Marks, ECPHeaderNotSent)
	case !acceptsPAOS(h.Sent):
		f.Marks, f.Words["accept"] = append(f.Marks, ECPSemicolon), strings.Join(h.Sent.Values("Accept"), ", ")
	}
}

// acceptsPAOS reads Accept as mod_auth_mellon does: types are parted by commas, and what
// stands behind a semicolon belongs to one (auth_mellon_util.c, am_header_has_media_type).
func acceptsPAOS(sent http.Header) bool {
	for _, part := range strings.Split(strings.Join(sent.Values("Accept"), ","), ",") {
		kind, _, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(kind), saml.PAOSType) {
			return true
		}
	}
	return false
}

func (h Heard) lookAtEnvelope(f *Facts) {
	asked, err := saml.ReadRequest(h.Answer.Body)
	switch at := originOf(h.URL); {
	case err != nil:
		f.Marks, f.Words["seen"] = append(f.Marks, SAMLOdd), err.Error()
	case at != "" && !saml.SamePlace(originOf(asked.ConsumerURL)+"/", at+"/"):
		f.Marks = append(f.Marks, SAMLConsumerElsewhere)
		f.Words["seen"], f.Words["want"] = withoutQuery(asked.ConsumerURL), "a consumer at "+at
	default:
		f.Marks, f.Words["consumer"] = append(f.Marks, ECPGiven), withoutQuery(asked.ConsumerURL)
	}
}

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}

func (h Heard) lookAtConsumer(f *Facts) {
	switch status := h.Answer.Status; {
	case status == http.StatusBadRequest:
		f.Marks = append(f.Marks, SAMLRefused)
	case status == http.StatusMethodNotAllowed && h.Method == http.MethodGet:
		f.Marks = append(f.Marks, SAMLByGet)
	case status >= http.StatusMultipleChoices && status < http.StatusBadRequest && len(h.Answer.Header.Values("Set-Cookie")) == 0:
		f.Marks = append(f.Marks, SAMLNoCookie)
	}
}

// lookAtLogin reads an identity provider's answer, as package ecp does.
func (h Heard) lookAtLogin(f *Facts) {
	f.Answer.AnsweredBy = keystone.ByIDP
	if h.URL != "" {
		f.Words["place"] = withoutQuery(h.URL)
	}
	r, err := saml.ReadResponse(h.Answer.Body)
	mark := ECPLoggedIn
	switch {
	case err != nil && strings.HasSuffix(h.kind(), "xml") && h.kind() != "application/xhtml+xml" && h.Answer.Status == http.StatusOK:
		mark, f.Words["seen"] = SAMLOdd, err.Error()
	case err != nil:
		mark = SAMLPage
	case r.Fault != nil:
		mark, f.Words["seen"] = SAMLFault, strings.TrimSpace(r.Fault.Text+" "+r.Fault.Detail)
	case r.Status.Code != saml.StatusSuccess || h.Answer.Status != http.StatusOK:
		mark, f.Words["seen"] = SAMLNotLoggedIn, statusWords(r.Status)
	case r.ConsumerURL == "" || len(r.Assertions) == 0 && !r.Encrypted:
		mark = SAMLNoAssertion
	default:
		f.Words["consumer"] = withoutQuery(r.ConsumerURL)
	}
	f.Marks = append(f.Marks, mark)
}

// statusWords gives the last words of the status codes, and the message.
func statusWords(s saml.Status) string {
	last := func(urn string) string { return urn[strings.LastIndexByte(urn, ':')+1:] }
	text := last(s.Code)
	if s.Inner != "" {
		text += ", " + last(s.Inner)
	}
	if s.Message != "" {
		text += ": " + s.Message
	}
	return text
}
