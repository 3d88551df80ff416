package apply

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/private"
	"github.com/fedstone/fedstone/internal/secret"
)

// kept is what a client's secret file holds. ID is "" while Keystone has not yet said
// it; the zero kept is no file.
type kept struct {
	Name   string // of the application credential
	ID     string
	Secret secret.Value
}

// pendingEnding is of the file that holds a secret before Keystone knows it.
const pendingEnding = ".next"

// The form of the file: what a shell sources, a systemd unit names as its
// EnvironmentFile, and the openstack client reads. No value needs quotes.
const (
	headWord   = "# application credential "
	idWord     = "OS_OAUTH2_CLIENT_ID="
	secretWord = "OS_OAUTH2_CLIENT_SECRET="
)

var (
	keptName  = pattern.Lazy(`^[A-Za-z0-9._-]{1,128}$`)
	keptValue = pattern.Lazy(`^[A-Za-z0-9_-]{1,255}$`)
)

// text is the file. A value that would need quotes is an error.
func (k kept) text() ([]byte, error) {
	lines := headWord + k.Name + "\n"
	if k.ID != "" {
		lines += idWord + k.ID + "\n"
	}
	lines += secretWord + k.Secret.Reveal() + "\n"
	if back, err := readKept(lines); err != nil || back != k {
		return nil, errors.New("the id or the name of the application credential is not one that a secret file can hold")
	}
	return []byte(lines), nil
}

// readKept reads what text wrote, and nothing else. Errors name lines, never values.
func readKept(text string) (k kept, err error) {
	var shown string
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		switch {
		case i == 0 && strings.HasPrefix(line, headWord):
			k.Name = strings.TrimPrefix(line, headWord)
		case i == 1 && strings.HasPrefix(line, idWord):
			k.ID = strings.TrimPrefix(line, idWord)
		case i > 0 && shown == "" && strings.HasPrefix(line, secretWord):
			shown = strings.TrimPrefix(line, secretWord)
		default:
			return kept{}, fmt.Errorf("line %d is not one of a secret file that apply writes; expected %q, %q and %q in this order", i+1, headWord+"NAME", idWord+"…", secretWord+"…")
		}
	}
	if !keptName().MatchString(k.Name) || k.ID != "" && !keptValue().MatchString(k.ID) || !keptValue().MatchString(shown) {
		return kept{}, errors.New("it lacks the name or the secret, or holds one with characters that apply does not write")
	}
	k.Secret = secret.New(shown)
	return k, nil
}

// loadKept reads a secret file; the zero kept where there is none. One that others may
// read is no secret any more.
func loadKept(path string) (kept, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return kept{}, nil
	case err != nil:
		return kept{}, err
	case info.Mode().Perm()&0o077 != 0:
		return kept{}, fmt.Errorf("%s: its mode is %04o, so that others may read or change it; make a new secret: chmod 0600 %s, then fedstone apply --rotate", path, info.Mode().Perm(), path)
	}
	text, err := input.File(path, 4096)
	if err != nil {
		return kept{}, err
	}
	k, err := readKept(string(text))
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return k, err
}

// ReadSecretFile gives the id and the secret of a client's file.
func ReadSecretFile(path string) (id string, key secret.Value, err error) {
	k, err := loadKept(path)
	if err == nil && k.ID == "" {
		err = fmt.Errorf("%s: there is no such file, or no id in it; fedstone apply writes both", path)
	}
	return k.ID, k.Secret, err
}

// save writes a secret file that is born for its owner alone, whole or not at all.
func (k kept) save(path string) error {
	text, err := k.text()
	if err != nil {
		return err
	}
	return private.Write(path, text)
}
