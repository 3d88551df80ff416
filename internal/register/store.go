package register

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Store is what is kept of one provider's registrations between runs, in a file
// 0600: whose they are, and the ways back to them. Each change is on the disk when
// the call returns. One run at a time holds it.
type Store struct {
	path string
	lock *os.File
	kept record
}

// record is the file, version 1.
type record struct {
	Version int    `json:"version"`
	Issuer  string `json:"issuer"`
	// Clients are the registrations that this description made, by their ids.
	Clients map[string]entry `json:"clients"`
	// Begun are registrations that were asked for and of whose answer nothing is
	// known, by the id that the description had for them.
	Begun map[string]time.Time `json:"begun,omitempty"`
}

// entry is one registration.
type entry struct {
	URI     string    `json:"registration_client_uri,omitempty"`
	Token   string    `json:"registration_access_token,omitempty"`
	Expires time.Time `json:"client_secret_expires_at,omitzero"`
	// Undelivered is a secret that the provider made and that does not lie in its file
	// yet; Was is the id that the description still has for this client.
	Undelivered string `json:"undelivered,omitempty"`
	Was         string `json:"was,omitempty"`
}

// OpenStore reads the store of an issuer, and keeps others from it until Close. A
// file that is not there is an empty store.
func OpenStore(path, issuer string) (*Store, error) {
	s := &Store{path: path, kept: record{Version: 1, Issuer: issuer, Clients: map[string]entry{}, Begun: map[string]time.Time{}}}
	if err := s.hold(); err != nil {
		return nil, err
	}
	if err := s.read(issuer); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// hold takes the lock, which the kernel gives up when the process ends.
func (s *Store) hold() (err error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	s.lock, err = os.OpenFile(s.path+".lock", os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return err
	}
	if err := unix.Flock(int(s.lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		s.Close()
		return fmt.Errorf("%s: another run registers clients there: %w", s.path, err)
	}
	return nil
}

// Close lets others come at the store.
func (s *Store) Close() { _ = s.lock.Close() }

func (s *Store) read(issuer string) error {
	text, err := readPrivate(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if dec.Decode(&s.kept) != nil || s.kept.Version != 1 || s.kept.Clients == nil || s.kept.Begun == nil {
		return fmt.Errorf("%s is not a store of registrations of version 1; move it away, or restore it", s.path)
	}
	if s.kept.Issuer != issuer {
		return fmt.Errorf("%s is of the issuer %s, expected %s; name another file in register.kept, or restore the issuer", s.path, s.kept.Issuer, issuer)
	}
	return nil
}

func (s *Store) write() error {
	text, err := json.MarshalIndent(s.kept, "", "  ")
	if err != nil {
		return err
	}
	if err := writePrivate(s.path, append(text, '\n')); err != nil {
		return fmt.Errorf("registrations: %w", err)
	}
	return nil
}
