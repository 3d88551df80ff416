package oidc

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/fedstone/fedstone/internal/secret"
)

// deviceLimit caps the answer of the device authorization endpoint, in bytes.
const deviceLimit = 64 << 10

// DeviceLogin is a login on another device that has begun (RFC 8628 section
// 3.2). UserCode and the URIs are for the person: https URLs, and a code of
// printable characters. VerificationURIComplete holds the code and may be "".
// Expires is when the provider forgets it. Only DeviceStart makes one.
type DeviceLogin struct {
	UserCode                string
	VerificationURI         string
	VerificationURIComplete string
	Expires                 time.Time

	poll *devicePoll // behind a pointer, so that printing a DeviceLogin does not show the device code
}

// DeviceStart begins a login on another device (RFC 8628 section 3.1). Errors
// are *Error values: GrantUnoffered before anything is sent, GrantRefused,
// Malformed, and those of the transport.
func DeviceStart(ctx context.Context, web *http.Client, doc *Document, c Client, scopes []string) (*DeviceLogin, error) {
	if err := doc.offersDevice(); err != nil {
		return nil, err
	}
	verifier := doc.deviceVerifier()
	req, err := doc.authenticated(c, doc.DeviceEndpoint, deviceForm(scopes, verifier))
	if err != nil {
		return nil, err
	}
	resp, err := web.Do(req.WithContext(ctx))
	if err != nil {
		return nil, TransportError(doc.DeviceEndpoint, err)
	}
	defer resp.Body.Close()
	answer, err := deviceAnswer(doc.DeviceEndpoint, resp)
	if err != nil {
		return nil, err
	}
	return answer.login(asking{web, doc, c}, verifier)
}

func deviceForm(scopes []string, verifier secret.Value) url.Values {
	form := url.Values{}
	if len(scopes) > 0 {
		form.Set("scope", strings.Join(scopes, " "))
	}
	if !verifier.Empty() {
		form.Set("code_challenge_method", "S256")
		form.Set("code_challenge", oauth2.S256ChallengeFromVerifier(verifier.Reveal()))
	}
	return form
}

// deviceVerifier is for PKCE, which RFC 8628 knows nothing of: Keycloak asks for
// it here too where the client has to use it, and others pass over it.
func (d *Document) deviceVerifier() secret.Value {
	if !slices.Contains(d.CodeChallengeMethods, "S256") {
		return secret.Value{}
	}
	return secret.New(oauth2.GenerateVerifier())
}

func (d *Document) offersDevice() error {
	if err := d.offers(grantDevice); err != nil {
		return err
	}
	if d.DeviceEndpoint == "" {
		return &Error{Kind: GrantUnoffered, At: WellKnown(d.Issuer), Got: "the document has no device_authorization_endpoint",
			Want: "an https URL", Mend: "choose another `probe: {grant: …}`, or allow the device flow at the provider"}
	}
	return nil
}

// deviceAnswer reads the endpoint's answer, or the refusal that it is.
func deviceAnswer(at string, resp *http.Response) (deviceMembers, error) {
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return deviceMembers{}, answerError(at, resp)
	}
	raw, err := readAll(at, resp, deviceLimit)
	if err != nil {
		return deviceMembers{}, err
	}
	members, err := ParseObject(raw)
	if resp.StatusCode != http.StatusOK {
		code, _ := members.Text("error")
		description, _ := members.Text("error_description")
		return deviceMembers{}, refusal{grantDevice, code, description, resp.StatusCode}.at(at)
	}
	if err != nil {
		return deviceMembers{}, badDeviceAnswer(at)
	}
	return deviceMembers{at, members}, nil
}

// badDeviceAnswer quotes nothing: the answer holds the device code.
func badDeviceAnswer(at string) *Error {
	return malformed(at, "the answer is not what RFC 8628 section 3.2 says", "JSON with device_code, user_code, verification_uri (https) and expires_in")
}

// deviceMembers is the answer of the device authorization endpoint.
type deviceMembers struct {
	at string
	Object
}

func (m deviceMembers) login(a asking, verifier secret.Value) (*DeviceLogin, error) {
	texts := map[string]string{"device_code": "", "user_code": "", "verification_uri": "", "verification_uri_complete": ""}
	for name := range texts {
		text, err := m.Text(name)
		if err != nil || text == "" && name != "verification_uri_complete" || !forPeople(text) {
			return nil, badDeviceAnswer(m.at)
		}
		texts[name] = text
	}
	seconds, err := m.Number("expires_in")
	interval, failed := m.interval()
	if err != nil || failed != nil || seconds <= 0 || seconds > maxExpiry || !isHTTPS(texts["verification_uri"]) {
		return nil, badDeviceAnswer(m.at)
	}
	expires := time.Now().Add(time.Duration(seconds) * time.Second)
	login := &DeviceLogin{
		UserCode: texts["user_code"], VerificationURI: texts["verification_uri"], Expires: expires,
		poll: &devicePoll{asking: a, code: secret.New(texts["device_code"]), verifier: verifier, interval: interval, expires: expires, pause: pause},
	}
	if isHTTPS(texts["verification_uri_complete"]) {
		login.VerificationURIComplete = texts["verification_uri_complete"]
	}
	return login, nil
}

// Bounds of what the answer may ask for, in seconds.
const (
	defaultInterval = 5
	maxInterval     = 60
	maxExpiry       = 24 * 60 * 60
)

// interval is how long to wait between two questions; 5 s where the answer does
// not say (RFC 8628 section 3.2), and within reason where it does.
func (m deviceMembers) interval() (time.Duration, error) {
	seconds, err := m.Number("interval")
	if _, given := m.Object["interval"]; !given {
		seconds = defaultInterval
	}
	return time.Duration(min(max(seconds, 1), maxInterval)) * time.Second, err
}

func isHTTPS(text string) bool {
	_, err := httpsURL(text)
	return err == nil
}

// forPeople tells a text that a terminal shows as it is.
func forPeople(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}
