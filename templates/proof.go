package templates

import (
	"errors"
	"fmt"

	"github.com/fedstone/fedstone/internal/parallel"
)

// proof parses the text of a file with the format's own reader and holds it
// against what the file is meant to say. Errors name places, never values.
type proof func(text []byte) error

// errOtherMeaning is a text that can be read and says something else.
var errOtherMeaning = errors.New("it says something else")

// Verify parses every file back and compares it with what it is meant to say.
// Write, Check and Diff begin with it. The error is that of the first file that
// differs; a file of which nothing is known differs too.
func (b *Bundle) Verify() error {
	failed := make([]error, len(b.Files))
	parallel.Each(len(b.Files), func(i int) { failed[i] = b.Files[i].verify() })
	return first(failed)
}

// first gives the first error of a list.
func first(failed []error) error {
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

func (f File) verify() error {
	if f.readBack == nil {
		return fmt.Errorf("%s: nothing says what it is meant to hold; only files made by Render can be verified", f.Path)
	}
	if err := f.readBack(f.Content); err != nil {
		return fmt.Errorf("%s does not read back as it was meant: %w", f.Path, err)
	}
	return nil
}
