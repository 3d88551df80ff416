package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe"
)

// write prints the token in the asked form. It is for a program's eyes, but goes
// to a terminal too: whoever asks for it there wants to see it.
func (t *tokenCall) write(k keptToken) error {
	out := t.c.App.Writer
	switch t.c.String("format") {
	case "json":
		return writeObject(out, k)
	case "openrc":
		_, err := io.WriteString(out, t.openrc(k))
		return err
	}
	_, err := fmt.Fprintln(out, k.Token)
	return err
}

func writeObject(out io.Writer, value any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// disturbing are the variables by which a client of OpenStack would log in
// otherwise, or to something else (keystoneauth1's plugins, openstackclient).
const disturbing = "OS_ACCESS_TOKEN OS_ACCESS_TOKEN_ENDPOINT OS_APPLICATION_CREDENTIAL_ID OS_APPLICATION_CREDENTIAL_NAME OS_APPLICATION_CREDENTIAL_SECRET " +
	"OS_AUTH_METHODS OS_CLIENT_ID OS_CLIENT_SECRET OS_CLOUD OS_DEFAULT_DOMAIN OS_DEFAULT_DOMAIN_ID OS_DEFAULT_DOMAIN_NAME OS_DISCOVERY_ENDPOINT OS_DOMAIN_ID OS_DOMAIN_NAME " +
	"OS_ENDPOINT OS_IDENTITY_PROVIDER OS_PASSCODE OS_PASSWORD OS_PROJECT_DOMAIN_ID OS_PROJECT_DOMAIN_NAME OS_PROJECT_ID OS_PROJECT_NAME OS_PROTOCOL " +
	"OS_SYSTEM_SCOPE OS_TENANT_ID OS_TENANT_NAME OS_TRUST_ID OS_URL OS_USERNAME OS_USER_DOMAIN_ID OS_USER_DOMAIN_NAME OS_USER_ID"

// openrc gives lines for a shell's eval. Nothing of them can be anything but a value.
func (t *tokenCall) openrc(k keptToken) string {
	var b strings.Builder
	fmt.Fprintf(&b, "unset %s\n", disturbing)
	export := func(name, value string) { fmt.Fprintf(&b, "export %s=%s\n", name, shellQuoted(value)) }
	export("OS_IDENTITY_API_VERSION", "3")
	export("OS_AUTH_TYPE", "v3token")
	export("OS_AUTH_URL", t.session(k.token()).URL+"/v3")
	export("OS_TOKEN", k.Token)
	switch {
	case k.Project != nil:
		export("OS_PROJECT_ID", k.Project.ID)
	case k.Domain != nil:
		export("OS_DOMAIN_ID", k.Domain.ID)
	}
	if file := caFile(t.c, t.fed); file != "" {
		if whole, err := filepath.Abs(file); err == nil {
			file = whole
		}
		export("OS_CACERT", file)
	}
	return b.String()
}

// shellQuoted is a word of a POSIX shell that expands to the value.
func shellQuoted(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// printIssuers prints the bearer that the REST path takes.
func (t *tokenCall) printIssuers() error {
	got, err := probe.LogIn(t.c.Context, t.fed, t.idp, t.opts)
	if err != nil {
		return err
	}
	note(t.c, t.opts.Mask, got.Notes...)
	if t.c.String("format") == "value" {
		_, err := fmt.Fprintln(t.c.App.Writer, got.Bearer.Reveal())
		return err
	}
	return writeObject(t.c.App.Writer, struct {
		Version  int        `json:"version"`
		Token    string     `json:"token"`
		Expires  *time.Time `json:"expires_at"`
		Issuer   string     `json:"issuer"`
		Provider string     `json:"identity_provider"`
	}{1, got.Bearer.Reveal(), expiryOf(got.Bearer.Reveal()), t.idp.Issuer.Value, t.idp.ID.Value})
}

// expiryOf reads a JWT's exp; nil for a token that says nothing.
func expiryOf(bearer string) *time.Time {
	token, err := oidc.ParseToken(bearer)
	if err != nil {
		return nil
	}
	seconds, err := token.Claims.Number("exp")
	if err != nil || seconds <= 0 {
		return nil
	}
	at := time.Unix(seconds, 0).UTC()
	return &at
}
