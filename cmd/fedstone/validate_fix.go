package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/google/renameio/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// maxRounds is how often fixes are made: one may make room for the next.
const maxRounds = 5

// fixAndValidate makes the fixes and judges again, until there is nothing more to
// fix. What a fix makes worse is taken back.
func fixAndValidate(c *cli.Context, cloud askCloud, known finding.Baseline) error {
	v, err := validateOnce(c, cloud)
	if err != nil {
		return err
	}
	if c.Bool("diff") {
		return showFixes(c, v)
	}
	for range maxRounds {
		fixed, n, err := fixOnce(c, cloud, v)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		v = fixed
	}
	return reportValidation(c, v, known)
}

// fixes gives the files that the fixes of a result change, before and after.
func fixes(v verdict) (before, after map[string][]byte, made []*finding.Fix, err error) {
	before = map[string][]byte{}
	var possible []*finding.Fix
	for _, f := range v.result.Findings.Fixes() {
		if readable(v.sites, f, before) {
			possible = append(possible, f)
		}
	}
	after, made, _, err = finding.Apply(before, possible)
	return before, after, made, err
}

// readable takes the texts that a fix changes; false where one is no file.
func readable(sites []*subject.Site, f *finding.Fix, texts map[string][]byte) bool {
	for _, e := range f.Edits {
		if _, ok := texts[e.At.Path]; ok {
			continue
		}
		info, err := os.Stat(e.At.Path)
		src := raw(sites, e.At.Path)
		if err != nil || !info.Mode().IsRegular() || src == nil {
			return false
		}
		texts[e.At.Path] = src
	}
	return true
}

func raw(sites []*subject.Site, path string) []byte {
	for _, s := range sites {
		if src := s.Raw(path); src != nil {
			return src
		}
	}
	return nil
}

// showFixes prints what would change, and gives status 1 if anything would.
func showFixes(c *cli.Context, v verdict) error {
	before, after, _, err := fixes(v)
	if err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if _, err := c.App.Writer.Write(finding.Diff(path, subject.Masked(before[path]), subject.Masked(after[path]))); err != nil {
			return err
		}
	}
	if len(after) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}

// fixOnce writes the fixes of a verdict, proves them by judging again, and gives the
// new verdict and how many fixes there were.
func fixOnce(c *cli.Context, cloud askCloud, v verdict) (fixed verdict, n int, err error) {
	before, after, made, err := fixes(v)
	if err != nil || len(after) == 0 {
		return v, 0, err
	}
	written, err := replaceFiles(after, slices.Sorted(maps.Keys(after)))
	if err == nil {
		fixed, err = validateOnce(c, cloud)
	}
	worse := ""
	if err == nil {
		worse = madeWorse(v.result, fixed.result)
	}
	if err != nil || worse != "" {
		if _, undo := replaceFiles(before, written); undo != nil {
			return v, 0, fmt.Errorf("the fixes could not be taken back: %w", errors.Join(undo, err))
		}
		return v, 0, fmt.Errorf("the fixes are taken back: %s%w", worse, orNothing(err))
	}
	for _, f := range made {
		fmt.Fprintf(c.App.ErrWriter, "fixed: %s\n", finding.Printable(f.Title))
	}
	return fixed, len(made), nil
}

var errWorse = errors.New("judged again, there is an error that was not there before")

func orNothing(err error) error {
	if err == nil {
		return errWorse
	}
	return err
}

// madeWorse gives an error finding that was not there before; "" where there is
// none.
func madeWorse(before, after validate.Result) string {
	had := map[string]int{}
	for _, f := range before.Findings {
		had[f.Slug+f.At.Path]++
	}
	for _, f := range after.Findings {
		if had[f.Slug+f.At.Path]--; f.Severity == finding.Error && had[f.Slug+f.At.Path] < 0 {
			return fmt.Sprintf("%s: %s [%s]: ", f.At, f.Message, f.Slug)
		}
	}
	return ""
}

// replaceFiles writes the texts of paths, up to the first that cannot be written, and
// gives those that were.
func replaceFiles(texts map[string][]byte, paths []string) (written []string, err error) {
	for i, path := range paths {
		if err := replaceFile(path, texts[path]); err != nil {
			return paths[:i], err
		}
	}
	return paths, nil
}

// replaceFile puts a file in place at once, with the mode and the owner that it
// has, where it lies behind links.
func replaceFile(path string, text []byte) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(real)
	if err != nil {
		return err
	}
	file, err := renameio.NewPendingFile(real, renameio.WithStaticPermissions(info.Mode().Perm()))
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }()
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && (int(owner.Uid) != os.Geteuid() || int(owner.Gid) != os.Getegid()) {
		if err := file.Chown(int(owner.Uid), int(owner.Gid)); err != nil {
			return err
		}
	}
	if _, err := file.Write(text); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}
