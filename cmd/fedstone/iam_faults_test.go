package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/iam"
	"github.com/fedstone/fedstone/internal/keystone"
)

// TestIAMProbeTells: what is wrong at a cloud's identity service, and the slug that the
// probe tells it by.
func TestIAMProbeTells(t *testing.T) {
	cases := map[string]struct {
		harm func(*iamWorld) error
		says string
		args []string
	}{
		"identity provider disabled": {asAdmin(func(ctx context.Context, c iam.Client) error {
			return c.UpdateIdentityProvider(ctx, "corp", map[string]any{"enabled": false})
		}), "[iam-provider-disabled]", nil},
		"no protocol": {asAdmin(func(ctx context.Context, c iam.Client) error { return c.DeleteProtocol(ctx, "corp", "oidc") }), "[iam-object-missing]", nil},
		"no mapping":  {asAdmin(func(ctx context.Context, c iam.Client) error { return c.DeleteMapping(ctx, "corp") }), "[iam-object-missing]", nil},
		"another client": {asAdmin(func(ctx context.Context, c iam.Client) error {
			return reconfigure(ctx, c, func(now *iam.Configuration) { now.ClientID = "other" })
		}), "[iam-token-refused]", nil},
		"no key set": {asAdmin(func(ctx context.Context, c iam.Client) error {
			return reconfigure(ctx, c, func(now *iam.Configuration) { now.SigningKey = "a public key" })
		}), "it is no key set", []string{"--cloud", "envvars"}},
		"no configuration": {asAdmin(func(ctx context.Context, c iam.Client) error {
			return errors.Join(c.DeleteIdentityProvider(ctx, "corp"), c.CreateIdentityProvider(ctx, iam.IdentityProvider{ID: "corp", Enabled: true}))
		}), "[iam-no-configuration]", []string{"--cloud", "envvars"}},
		"no group has a policy": {asAdmin(func(ctx context.Context, c iam.Client) error {
			return c.UpdateMapping(ctx, userAlone("preferred_username"))
		}), "[groups-empty]", nil},
		"a rule's claim is not in the token": {func(w *iamWorld) error {
			text, err := os.ReadFile(w.file)
			w.write(strings.ReplaceAll(string(text), "{preferred_username}", "{nickname}"))
			w.run(exitClean, "apply")
			return err
		}, "has no claim nickname", nil},
		"the token of another client": {func(w *iamWorld) error {
			w.issuer.Claims["azp"], w.issuer.Secrets["other"] = "other", "cloud-secret-canary"
			text, err := os.ReadFile(w.file)
			w.write(strings.ReplaceAll(string(text), "client: {id: cloud, secret", "client: {id: other, secret"))
			return err
		}, "[iam-token-wrong]", nil},
		"out of order": {func(w *iamWorld) error { w.cloud.Upset(503); return nil }, "[iam-unavailable]", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newIAMWorld(t)
			w.run(exitClean, "apply")
			if err := c.harm(w); err != nil {
				t.Fatal(err)
			}
			w.tells(c.says, c.args...)
		})
	}
}

// tells probes and looks for what is said, wherever lines are broken.
func (w *iamWorld) tells(says string, args ...string) {
	w.Helper()
	said, _ := w.run(exitFindings, append([]string{"probe"}, args...)...)
	if !strings.Contains(strings.Join(strings.Fields(said), " "), says) {
		w.Errorf("the probe does not say %q:\n%s", says, said)
	}
}

// asAdmin does something as the account's administrator, and leaves no token.
func asAdmin(do func(context.Context, iam.Client) error) func(*iamWorld) error {
	return func(w *iamWorld) error {
		session, err := keystone.Connect(w.Context(), keystone.Auth{CAFile: w.cloud.CAFile})
		if err != nil {
			return err
		}
		return errors.Join(do(w.Context(), iam.NewClient(session)), keystone.Revoke(w.Context(), session))
	}
}

func reconfigure(ctx context.Context, c iam.Client, change func(*iam.Configuration)) error {
	now, err := c.Configuration(ctx, "corp")
	change(&now)
	return errors.Join(err, c.UpdateConfiguration(ctx, "corp", now))
}

func userAlone(claim string) iam.Mapping {
	return iam.Mapping{ID: "corp", Rules: []iam.Rule{{Local: []iam.Local{{User: &iam.Name{Name: "{0}"}}}, Remote: []iam.Remote{{Type: claim}}}}}
}
