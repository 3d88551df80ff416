package python

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a CPython release line, such as 3.11.
type Version struct{ Major, Minor int }

// Default is the version to assume where none is named: 3.11, which Debian 12's Keystone runs on.
func Default() Version { return Version{Major: 3, Minor: 11} }

// Versions lists the versions whose differences are known here, oldest first.
func Versions() []Version {
	const oldest, newest = 9, 13
	var all []Version
	for minor := oldest; minor <= newest; minor++ {
		all = append(all, Version{Major: 3, Minor: minor})
	}
	return all
}

// ParseVersion reads "3.11", or "3.11.2" whose last part says nothing about the language.
func ParseVersion(s string) (Version, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 2 && len(parts) != 3 {
		return Version{}, fmt.Errorf("python version %q: expected MAJOR.MINOR, such as 3.11", s)
	}
	numbers := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return Version{}, fmt.Errorf("python version %q: %q is no number; expected MAJOR.MINOR, such as 3.11", s, part)
		}
		numbers[i] = int(n)
	}
	return Version{Major: numbers[0], Minor: numbers[1]}, nil
}

// AtLeast tells whether v is Python 3.minor or later.
func (v Version) AtLeast(minor int) bool {
	return v.Major > 3 || v.Major == 3 && v.Minor >= minor
}

// String gives "3.11".
func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

// Exception is what Python would raise. Class is the bare class name: IndexError, JSONDecodeError.
type Exception struct{ Class, Message string }

// Error gives "IndexError: message", as the last line of a traceback.
func (e *Exception) Error() string {
	if e.Message == "" {
		return e.Class
	}
	return e.Class + ": " + e.Message
}

// Undecidable says that Python's answer is left to chance or is not modelled here.
type Undecidable struct{ Reason string }

// Error gives the reason.
func (u *Undecidable) Error() string { return "cannot be decided: " + u.Reason }
