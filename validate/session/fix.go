package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// quoteBoth is a fix that makes one quoted argument of two words.
func quoteBoth(c *httpdconf.Command, whole string) *finding.Fix {
	if strings.ContainsAny(whole[1:len(whole)-1], `"\`) {
		return nil
	}
	return subject.Reword("quote the program with its argument", c, 0, 2, whole)
}
