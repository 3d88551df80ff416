package oidc_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func TestDevice(t *testing.T) {
	key := writtenKey(t)
	for name, c := range map[string]oidc.Client{"secret": cli("cli-secret-canary"), "key": {ID: "keyed", Key: key.loaded(t)}} {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.ClientKeys = map[string]any{"keyed": key.public}
			op.Pending = []string{"authorization_pending", "slow_down", "authorization_pending", "slow_down"}
			login := started(t, op, c)
			if login.UserCode != "WDJB-MJHT" || login.VerificationURI != op.URL+"/verify" || login.VerificationURIComplete == "" || time.Until(login.Expires) < 9*time.Minute {
				t.Errorf("got %+v", login)
			}
			pauses := login.Pauses()
			got, err := login.Wait(t.Context())
			expectSubject(t, got, err, "alice")
			want := []time.Duration{time.Second, time.Second, 6 * time.Second, 6 * time.Second, 11 * time.Second}
			if diff := cmp.Diff(want, *pauses); diff != "" {
				t.Error(diff)
			}
			if got.Refresh.Empty() || got.Scope != "openid" {
				t.Errorf("no refresh token, or scope %q", got.Scope)
			}
		})
	}
}

func started(t *testing.T, op *optest.Server, c oidc.Client) *oidc.DeviceLogin {
	t.Helper()
	web, doc := discovered(t, op)
	login, err := oidc.DeviceStart(t.Context(), web, doc, c, []string{"openid"})
	if err != nil {
		t.Fatal(err)
	}
	return login
}

func TestDeviceRefusals(t *testing.T) {
	cases := map[string]string{
		"access_denied": "said no",
		"expired_token": "start again",
		"invalid_grant": "start again",
		"server_error":  "its log says why",
	}
	for code, want := range cases {
		t.Run(code, func(t *testing.T) {
			op := optest.New(t)
			op.Pending = []string{"authorization_pending", code}
			login := started(t, op, cli("cli-secret-canary"))
			login.Pauses()
			_, err := login.Wait(t.Context())
			expectError(t, err, oidc.GrantRefused, code)
			expectError(t, err, oidc.GrantRefused, want)
			if op.Asked("/token") != 2 {
				t.Errorf("asked %d times, want 2", op.Asked("/token"))
			}
		})
	}
	op := optest.New(t)
	web, doc := discovered(t, op)
	_, err := oidc.DeviceStart(t.Context(), web, doc, cli("wrong-canary"), nil)
	expectError(t, err, oidc.GrantRefused, "invalid_client")
	doc.DeviceEndpoint = ""
	_, err = oidc.DeviceStart(t.Context(), web, doc, cli("cli-secret-canary"), nil)
	expectError(t, err, oidc.GrantUnoffered, "device_authorization_endpoint")
}

// Answers of the device endpoint: each is the right one with one change.
func TestDeviceAnswers(t *testing.T) {
	cases := map[string]struct {
		change map[string]any
		right  bool
	}{
		"as it is":         {right: true},
		"no interval":      {map[string]any{"interval": nil}, true},
		"no complete URI":  {map[string]any{"verification_uri_complete": nil}, true},
		"no device code":   {change: map[string]any{"device_code": nil}},
		"code is a number": {change: map[string]any{"device_code": 4711}},
		"no user code":     {change: map[string]any{"user_code": ""}},
		"control in it":    {change: map[string]any{"user_code": "A\x1b[31mB"}},
		"page by http":     {change: map[string]any{"verification_uri": "http://op.example.org/"}},
		"page is a script": {change: map[string]any{"verification_uri": "javascript:alert(1)"}},
		"no end":           {change: map[string]any{"expires_in": nil}},
		"ended":            {change: map[string]any{"expires_in": -1}},
		"a year":           {change: map[string]any{"expires_in": 365 * 86400}},
		"interval is text": {change: map[string]any{"interval": "5"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			answer := map[string]any{"device_code": "device-canary", "user_code": "ABCD", "expires_in": 60, "interval": 1,
				"verification_uri": op.URL + "/verify", "verification_uri_complete": op.URL + "/verify?user_code=ABCD"}
			maps.Copy(answer, tc.change)
			maps.DeleteFunc(answer, func(_ string, v any) bool { return v == nil })
			op.Handle("/device", func(w http.ResponseWriter, _ *http.Request) { optest.JSON(w, 200, answer) })
			web, doc := discovered(t, op)
			login, err := oidc.DeviceStart(t.Context(), web, doc, cli("cli-secret-canary"), nil)
			if tc.right {
				if err != nil || strings.Contains(fmt.Sprintf("%+v", login), "canary") {
					t.Errorf("got %+v, %v", login, err)
				}
				return
			}
			expectError(t, err, oidc.Malformed, "RFC 8628")
			if strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "4711") {
				t.Errorf("%q quotes the device code", err)
			}
		})
	}
}

// The interval is 5 s where the answer has none, and no login is waited for that has expired.
func TestDeviceExpires(t *testing.T) {
	op := optest.New(t)
	op.Handle("/device", func(w http.ResponseWriter, _ *http.Request) {
		optest.JSON(w, 200, map[string]any{"device_code": "d", "user_code": "ABCD", "expires_in": 4, "verification_uri": op.URL})
	})
	_, err := started(t, op, cli("cli-secret-canary")).Wait(t.Context())
	expectError(t, err, oidc.GrantRefused, "expired_token")
	if op.Asked("/token") != 0 {
		t.Error("asked although five seconds are more than four")
	}
}

// An interrupt ends the wait at once; so does one while the provider is silent.
func TestDeviceInterrupted(t *testing.T) {
	for name, silent := range map[string]bool{"between": false, "while asking": true} {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.Pending = []string{"authorization_pending"}
			ctx, cancel := context.WithCancel(t.Context())
			login := started(t, op, cli("cli-secret-canary"))
			if silent {
				login.Pauses()
				op.Handle("/token", func(_ http.ResponseWriter, r *http.Request) { _ = r.ParseForm(); cancel(); <-r.Context().Done() })
			} else {
				time.AfterFunc(50*time.Millisecond, cancel)
			}
			begin := time.Now()
			_, err := login.Wait(ctx)
			expectError(t, err, oidc.Canceled, "interrupted")
			if took := time.Since(begin); took > 500*time.Millisecond {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// A provider that does not answer in time is asked more slowly.
func TestDeviceTimeouts(t *testing.T) {
	op := optest.New(t)
	web := client(t, op, oidc.WithTimeout(200*time.Millisecond))
	doc, err := oidc.Discover(t.Context(), web, op.URL)
	if err != nil {
		t.Fatal(err)
	}
	login, err := oidc.DeviceStart(t.Context(), web, doc, cli("cli-secret-canary"), nil)
	if err != nil {
		t.Fatal(err)
	}
	op.Handle("/token", func(_ http.ResponseWriter, r *http.Request) {
		op.Handle("/token", nil)
		_ = r.ParseForm() // a server sees a client leave only once it has read its request
		<-r.Context().Done()
	})
	pauses := login.Pauses()
	got, err := login.Wait(t.Context())
	expectSubject(t, got, err, "alice")
	if diff := cmp.Diff([]time.Duration{time.Second, 2 * time.Second}, *pauses); diff != "" {
		t.Error(diff)
	}
}
