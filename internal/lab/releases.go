package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// debianKeystone is the release that python3-keystone of Debian 12 is.
const debianKeystone = "zed"

// ErrNotInstalled is what KeystoneModules returns (wrapped) for a release that must be installed first.
var ErrNotInstalled = errors.New("it is not installed: fedstone lab install --tests")

// wheel is a release of Keystone on PyPI.
type wheel struct {
	release string
	version string
	sum     string // SHA-256
}

// wheels are the releases whose mapping engine is asked besides Debian's: the first without the later fix of literals,
// and each on both sides of a change in how rules are evaluated. They run on the libraries of Debian's Keystone.
func wheels() []wheel {
	return []wheel{
		{"wallaby", "19.0.1", "a238aa496b7952d0c36fab4f7993132544d6f7802ecbedadab1da9768103d2b5"},
		{"2023.2", "24.1.0", "6baea96d5e3cdf26ff5be6e0d2dd166c4e0fc96957dfcccb06eb67177ce7dc12"},
		{"2024.1", "25.0.0", "1e0bbcbf71d36cf5cfd3c8f3ac4d718460cd076db9829886643a6c6d349a294e"},
		{"2024.2", "26.1.1", "a1975ac164c224f1d41901fff40f65ee9769bcd7d36b04590c21c82c00ce718e"},
		{"2025.1", "27.1.0", "902d5cf4e25eec03c6691af15db1545255cc00661f71e1dd6995a1d8ea5d9236"},
		{"2026.1", "29.1.0", "3048c3f4763c671fe14122f760870dc1ca5e2b6d98ed18016e5130cac276788f"},
		{"2026.2", "30.0.0", "d0fa097278b1c1eda5b2c727766322a6a8afac0ed848d3104253855d4d483515"},
	}
}

// KeystoneReleases names the releases that KeystoneModules knows, Debian's first.
func KeystoneReleases() []string {
	names := []string{debianKeystone}
	for _, w := range wheels() {
		names = append(names, w.release)
	}
	return names
}

// KeystoneModules is the folder of Python modules that holds that release of Keystone. Its other modules are found in
// Debian's own folder.
func KeystoneModules(release string) (string, error) {
	if release == debianKeystone {
		return installedIn(pythonModules, "python3-keystone")
	}
	for _, w := range wheels() {
		if w.release == release {
			cache, err := cacheDir()
			if err != nil {
				return "", err
			}
			return installedIn(filepath.Join(cache, wheelsPrepared(), w.version), "keystone "+w.version)
		}
	}
	return "", fmt.Errorf("there is no Keystone %q to ask, only %s", release, strings.Join(KeystoneReleases(), ", "))
}

func installedIn(dir, what string) (string, error) {
	if _, err := os.Stat(filepath.Join(dir, "keystone")); err != nil {
		return "", fmt.Errorf("%s: %w", what, ErrNotInstalled)
	}
	return dir, nil
}

// wheelsPrepared is the prepared folder's name; it changes with every pinned version.
func wheelsPrepared() string {
	sum := sha256.Sum256(fmt.Append(nil, wheels()))
	return "keystone-releases-" + hex.EncodeToString(sum[:])[:12]
}

func wheelsPresent() bool { return inCache(wheelsPrepared(), nil) }

// prepareWheels returns the folder with one folder of modules for each version.
func prepareWheels(ctx context.Context) (string, error) {
	return prepared(ctx, wheelsPrepared(), func(dir string) error {
		for _, w := range wheels() {
			if err := w.unpack(ctx, dir); err != nil {
				return err
			}
		}
		return nil
	})
}

// unpack has pip download and unpack the wheel alone: nothing of it runs, and nothing else is installed.
func (w wheel) unpack(ctx context.Context, dir string) error {
	list := filepath.Join(dir, w.version+".txt")
	if err := os.WriteFile(list, fmt.Appendf(nil, "keystone==%s --hash=sha256:%s\n", w.version, w.sum), 0o644); err != nil {
		return err
	}
	return tool(ctx, dir, "/usr/bin/python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore",
		"--no-deps", "--only-binary", ":all:", "--no-compile", "--require-hashes", "--requirement", list, "--target", filepath.Join(dir, w.version))
}
