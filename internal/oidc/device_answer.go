package oidc

import (
	"net/http"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// deviceLimit caps the answer of the device authorization endpoint, in bytes.
const deviceLimit = 64 << 10

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
