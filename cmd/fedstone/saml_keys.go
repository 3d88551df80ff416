package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// largestKey bounds a file of a key or a certificate.
const largestKey = 64 << 10

// keptKeys gives the service provider's keys. Where neither is there they are made if that is asked for, once:
// whoever has the metadata counts on them.
func keptKeys(fed *spec.Federation, idp spec.IdentityProvider, mayMake bool) (templates.Keys, error) {
	s := idp.SAML
	key, certificate := besideDescription(fed, s.Key.Value), besideDescription(fed, s.Certificate.Value)
	_, noKey := os.Stat(key)
	_, noCertificate := os.Stat(certificate)
	if errors.Is(noKey, fs.ErrNotExist) && errors.Is(noCertificate, fs.ErrNotExist) {
		if !mayMake {
			return templates.Keys{}, usageError("%s: identity provider %q: the service provider has no key yet (%s); render without --check or --diff makes it", s.At, idp.ID, key)
		}
		return madeKeys(fed.ServiceProvider(&idp), key, certificate)
	}
	keys, err := readKeys(key, certificate)
	if err != nil {
		return keys, usageError("%s: identity provider %q: %v", placeOfKey(idp), idp.ID, err)
	}
	return keys, nil
}

// placeOfKey is where the description names the key, or else SAML.
func placeOfKey(idp spec.IdentityProvider) finding.Range {
	if idp.SAML.Key.At.Start.Known() {
		return idp.SAML.Key.At
	}
	return idp.SAML.At
}

func readKeys(key, certificate string) (k templates.Keys, err error) {
	if k.Certificate, err = input.File(certificate, largestKey); err != nil {
		return k, err
	}
	if k.Key, err = input.File(key, largestKey); err != nil {
		return k, err
	}
	info, err := os.Stat(key)
	if err != nil {
		return k, err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return k, fmt.Errorf("%s: its mode is %04o, so that others may read or change it; mend: chmod 0600 %s", key, mode, key)
	}
	return k, k.Check()
}

func madeKeys(entityID, key, certificate string) (templates.Keys, error) {
	keys, err := templates.NewKeys(entityID, time.Now())
	if err != nil {
		return keys, err
	}
	for _, f := range []struct {
		path string
		mode fs.FileMode
		text []byte
	}{{key, 0o600, keys.Key}, {certificate, 0o644, keys.Certificate}} {
		if err := writeNew(f.path, f.mode, f.text); err != nil {
			return keys, cli.Exit(err.Error(), exitFailed)
		}
	}
	return keys, nil
}

// writeNew writes a file that is not there yet, with its mode from birth.
func writeNew(path string, mode fs.FileMode, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}
