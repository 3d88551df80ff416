package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// checkPlaces refuses to write where it would destroy what is read, and where DIR
// was surely meant otherwise. What only compares may look anywhere.
func checkPlaces(c *cli.Context, fed *spec.Federation, trees []tree, bases []*templates.Base) error {
	if c.Bool("check") || c.Bool("diff") {
		return nil
	}
	if err := ownFolder(fed, c.String("output")); err != nil {
		return err
	}
	read := filesRead(c, fed, bases)
	for _, t := range trees {
		if err := notWithinTarget(t); err != nil {
			return err
		}
		if err := nothingRead(t, read); err != nil {
			return err
		}
	}
	return nil
}

// ownFolder keeps the trees out of the folder that the description lies in: etc and
// var beside it are nobody's intention. The root is everybody's folder.
func ownFolder(fed *spec.Federation, dir string) error {
	here := filepath.Dir(cmp.Or(fed.Path, "."))
	if filepath.Clean(dir) == "/" || !sameFolder(here, dir) {
		return nil
	}
	return usageError("-o %s: the description lies in this folder, and a tree needs one of its own; -o %s", dir, filepath.Join(dir, "out"))
}

func sameFolder(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}

// notWithinTarget: DIR stands for the target's root. /etc is a part of it, and -o /etc
// would write /etc/etc.
func notWithinTarget(t tree) error {
	abs, err := filepath.Abs(t.dir)
	if err != nil || abs == "/" {
		return err
	}
	for _, f := range t.bundle.Files {
		if strings.HasPrefix(f.Path, abs+"/") {
			return usageError("-o %s: DIR stands for the target's root, so that %s would be written; -o / installs in place, any other folder holds a tree", t.dir, filepath.Join(abs, f.Path))
		}
	}
	return nil
}

// filesRead are those that render reads, by what they are; a base that lies in the
// tree is there to be changed.
func filesRead(c *cli.Context, fed *spec.Federation, bases []*templates.Base) map[fileID]string {
	out := map[fileID]string{}
	add := func(path string) {
		if id, ok := idOf(path); ok {
			out[id] = path
		}
	}
	for _, named := range namedFiles(fed) {
		if named.Given() {
			add(besideDescription(fed, named.Value))
		}
	}
	for _, b := range bases {
		if b != nil && !b.Kept {
			add(b.Path)
		}
	}
	add(fed.Path)
	add(c.String("ca-file"))
	return out
}

// namedFiles are the local files that the description names for render.
func namedFiles(fed *spec.Federation) []spec.Text {
	out := []spec.Text{fed.Keystone.CAFile, fed.HTTPD.CAFile, fed.HTTPD.CryptoPassphrase.File, fed.HTTPD.Cache.Password.File}
	for _, idp := range fed.IdentityProviders {
		out = append(out, idp.Metadata, idp.Mapping, idp.Client.Secret.File, idp.Bearer.Introspection.Client.Secret.File)
	}
	for _, idp := range fed.SAML().IdentityProviders {
		out = append(out, idp.SAML.Key, idp.SAML.Certificate)
		if !ofNetwork(idp.SAML.Metadata) {
			out = append(out, idp.SAML.Metadata)
		}
	}
	return out
}

// nothingRead refuses to replace a file that is read.
func nothingRead(t tree, read map[fileID]string) error {
	for _, f := range t.bundle.Files {
		target := filepath.Join(t.dir, f.Path)
		if id, ok := idOf(target); ok && read[id] != "" {
			return usageError("%s would be written, and is read as %s; choose another folder with -o, or move that file", target, read[id])
		}
	}
	return nil
}
