package register

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// secretPlan is what becomes of a client's secret where we choose it. Its value is
// empty where the secret is still to be made.
type secretPlan struct {
	value  secret.Value
	from   string // where it lies, for reports; "" where the client has none
	file   secretFile
	ours   bool // it lies in a file, so that another can be made
	staged bool // it is to be brought to the provider, or may be there already
}

// secret finds the secret of a client, or that it is to be made. Nothing is written.
func (p *planner) secret(want Want) (secretPlan, error) {
	switch {
	case want.AuthMethod == None || want.AuthMethod == Key, want.AuthMethod == "" && !want.Source.Given():
		return secretPlan{}, p.noRotation(want, "it has no secret")
	case !want.Source.File.Given():
		if err := p.noRotation(want, "its secret comes from elsewhere, which has to make another"); err != nil {
			return secretPlan{}, err
		}
		value, err := p.Secrets.Resolve(want.Source)
		return secretPlan{value: value, from: elsewhere(want.Source)}, err
	}
	plan := secretPlan{file: p.file(want), from: want.Source.File.Value, ours: true}
	now, next, err := plan.file.get()
	switch {
	case err != nil:
		return plan, err
	case !next.Empty():
		plan.value, plan.staged = next, true
	case !p.rotates(want):
		plan.value = now
	}
	if !plan.value.Empty() && checkSecret(plan.value) != nil {
		return plan, fmt.Errorf("%s: %w", plan.from, checkSecret(plan.value))
	}
	return plan, nil
}

// file is where a client's secret lies. A link stays one: what it leads to is replaced.
func (p *planner) file(want Want) secretFile {
	path := p.Secrets.Path(want.Source.File.Value)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return secretFile{path}
}

// elsewhere names where a secret comes from that is no file's.
func elsewhere(source spec.Secret) string {
	if len(source.Exec) > 0 {
		return "the command " + source.Exec[0].Value
	}
	return source.Env.Value + " of the environment"
}

func (p *planner) noRotation(want Want, why string) error {
	if p.rotates(want) {
		return fmt.Errorf("cannot be rotated: %s", why)
	}
	return nil
}

// differs tells whether a provider has another secret; nil where it has this one, or
// does not tell. Neither is shown.
func (s secretPlan) differs(have secret.Value) *apply.Field {
	switch {
	case s.from == "":
		return nil
	case s.value.Empty():
		return &apply.Field{Name: "secret", Old: "as it is", New: "a new one"}
	case s.staged:
		return &apply.Field{Name: "secret", Old: "as it is", New: "the one that was made in an interrupted run"}
	case !have.Empty() && have.Reveal() != s.value.Reveal():
		return &apply.Field{Name: "secret", Old: "another", New: "that of " + s.from}
	}
	return nil
}

// ready gives the secret to send. One that is made now lies on the disk before.
func (s secretPlan) ready() (secret.Value, error) {
	if !s.value.Empty() || s.from == "" {
		return s.value, nil
	}
	value := secret.New(randomText())
	return value, s.file.stage(value)
}

// settle is called when the provider has the secret.
func (s secretPlan) settle() error {
	if !s.ours {
		return nil
	}
	return s.file.commit()
}

// randomText is 256 bits that nobody knows, as hexadecimal digits.
func randomText() string {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

// checkSecret is RFC 6749 appendix A.2: printable ASCII.
func checkSecret(value secret.Value) error {
	return Registration{ID: "-", Secret: value}.checkOwn()
}
