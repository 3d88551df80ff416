package keystone

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/secret"
)

// Refusal is an answer of Keystone (or of what stands in front of it) that was
// not the wished one. It wraps gophercloud's error.
type Refusal struct {
	Method, URL string
	Status      int
	Message     string // Keystone's own words, or the beginning of a foreign body
	err         error
}

// Error tells who was asked what, the answer, and what to do about it.
func (r *Refusal) Error() string {
	text := fmt.Sprintf("%s %s: answer %d", r.Method, r.URL, r.Status)
	if r.Message != "" {
		text += fmt.Sprintf(" (%s)", r.Message)
	}
	if mend := r.mend(); mend != "" {
		text += "; " + mend
	}
	return text
}

// Unwrap gives gophercloud's error.
func (r *Refusal) Unwrap() error { return r.err }

func (r *Refusal) mend() string {
	switch {
	case r.Status == http.StatusUnauthorized:
		return "the credentials are wrong, or the token has ended"
	case r.Status == http.StatusForbidden:
		return "the account needs the role admin (in the scope that this Keystone's policy asks for)"
	case r.Status >= 300 && r.Status < 400:
		return "redirects are not followed, since they would carry the token away: give the address it points to"
	case r.Status >= 500:
		return "the reason stands in Keystone's log"
	}
	return ""
}

// Explain turns an error of gophercloud about an unwished answer into a *Refusal
// and leaves every other error, and nil, as it is.
func Explain(err error) error {
	var code gophercloud.ErrUnexpectedResponseCode
	if err == nil || !errors.As(err, &code) || errors.As(err, new(*Refusal)) {
		return err
	}
	return &Refusal{Method: code.Method, URL: code.URL, Status: code.Actual, Message: message(code.Body), err: err}
}

// said is what an error's body says: Keystone's error.message, error_code and
// error_msg of the IAM services, else the whole of it.
func said(body []byte) string {
	var answer struct {
		Error struct{ Message string }
	}
	var iam struct {
		Code string `json:"error_code"`
		Msg  string `json:"error_msg"`
	}
	switch {
	case json.Unmarshal(body, &answer) == nil && answer.Error.Message != "":
		return answer.Error.Message
	case json.Unmarshal(body, &iam) == nil && iam.Code != "":
		return iam.Code + ": " + iam.Msg
	}
	return string(body)
}

// message is what a refusal says, or the beginning of it.
func message(body []byte) string {
	text := said(body)
	const most = 300 // enough for every message of Keystone; a proxy's HTML page is cut
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return finding.Printable(new(secret.Redactor).Redact(text))
}

// IsNotFound reports an answer 404.
func IsNotFound(err error) bool { return gophercloud.ResponseCodeIs(err, http.StatusNotFound) }

// IsConflict reports an answer 409.
func IsConflict(err error) bool { return gophercloud.ResponseCodeIs(err, http.StatusConflict) }
