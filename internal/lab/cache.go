package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// cacheDir is where prepared programs are kept: $XDG_CACHE_HOME/fedstone or ~/.cache/fedstone.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder: %w", err)
	}
	return filepath.Join(base, "fedstone"), nil
}

// prepared returns the cached folder of that name, made by build where it is missing. Two runs at once wait for
// each other, and a broken-off build leaves nothing that would be taken for a whole one.
func prepared(ctx context.Context, name string, build func(dir string) error) (string, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", err
	}
	final := filepath.Join(cache, name)
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("prepared programs are kept in %s: %w; name a folder that may be written in XDG_CACHE_HOME", cache, err)
	}
	unlock, err := lockFile(ctx, final+".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(final); err == nil {
		return final, nil
	}
	return final, buildInto(final, build)
}

func buildInto(final string, build func(dir string) error) error {
	half := final + ".part"
	if err := os.RemoveAll(half); err != nil {
		return err
	}
	if err := os.Mkdir(half, 0o755); err != nil {
		return err
	}
	if err := build(half); err != nil {
		return err
	}
	return os.Rename(half, final)
}

// lockFile takes an exclusive lock, which ends with the process at the latest.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			f.Close()
			return nil, fmt.Errorf("waiting for another run that prepares %s: %w", path, err)
		}
	}
	return func() { f.Close() }, nil
}

// unpackAssets copies an embedded folder's files into dir.
func unpackAssets(folder, dir string) error {
	entries, err := fs.ReadDir(assets, folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := assets.ReadFile(folder + "/" + e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// assetsHash changes with any file of an embedded folder.
func assetsHash(folder string) (string, error) {
	entries, err := fs.ReadDir(assets, folder)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, e := range entries {
		text, err := assets.ReadFile(folder + "/" + e.Name())
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n%s", e.Name(), len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}
