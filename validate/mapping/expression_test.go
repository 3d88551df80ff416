package mapping

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLooseEnds(t *testing.T) {
	for expression, want := range map[string][2]bool{
		"":                           {false, false},
		"admin":                      {true, true},
		"^admin$":                    {false, false},
		"^admin":                     {false, true},
		"admin$":                     {true, false},
		`^a|b$`:                      {true, true},
		`^(a|b)$`:                    {false, false},
		`(^a$|^b$)`:                  {false, false},
		`^a$|^b$`:                    {false, false},
		`cloud-(users|admins)`:       {true, true},
		`(cloud|grid)-`:              {true, false},
		`(?:cloud|grid)-`:            {true, false},
		`(?i)^admin$`:                {false, false},
		`(?i)admin`:                  {true, true},
		`@example\.org$`:             {false, false},
		`.*@example\.org$`:           {false, false},
		`^proj-`:                     {false, false},
		`^proj-.*`:                   {false, false},
		`^proj[0-9]+`:                {false, false},
		`cost\$`:                     {true, false},
		`^[(]a$`:                     {false, false},
		`^urn:x:(?P<a>b)`:            {false, false},
		`((a))`:                      {true, true},
		`^(admins)?$`:                {false, false},
		`\)x`:                        {false, true},
		`^CN=admins,OU=cloud,DC=org`: {false, true},
	} {
		before, behind := looseEnds(expression)
		if diff := cmp.Diff(want, [2]bool{before, behind}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", expression, diff)
		}
	}
}

func TestAnchored(t *testing.T) {
	for expression, want := range map[string]string{
		"admin": "^admin$", "^admin": "^admin$", "a|b": "^(a|b)$", "(?i)a|b": "(?i)^(a|b)$", "(?i)a": "(?i)^a$", "(a|b)": "^(a|b)$",
	} {
		if diff := cmp.Diff(want, anchored(expression)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", expression, diff)
		}
	}
}

func TestDoubled(t *testing.T) {
	for expression, want := range map[string]string{
		`^([a-z]+)+$`:   `([a-z]+)+`,
		`(a+)*b`:        `(a+)*`,
		`(?:\w+)+@x`:    `(?:\w+)+`,
		`^(.*)*x$`:      `(.*)*`,
		`^(x|a+)+$`:     `(x|a+)+`,
		`(a+)+`:         "",
		`(a+)+.*`:       "",
		`^(a|b)+$`:      "",
		`^([a-z]+-)+$`:  "",
		`^([a-z]+)$`:    "",
		`^([a-z])+$`:    "",
		`\(a+\)+x`:      "",
		`^(ab+)+$`:      "",
		`^([a-z]+)?x$`:  "",
		`^[(](a+)+[)]$`: `(a+)+`,
	} {
		got, ok := doubled(expression)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q %v, want %q", expression, got, ok, want)
		}
	}
}

func TestWithDots(t *testing.T) {
	for expression, want := range map[string]string{
		`@example.org$`: `@example\.org$`, `@example\.org$`: "", `@[a.b]x`: "", `^.*@x$`: "", `a.b.c`: `a\.b\.c`, `\d.5`: "", `@x.+y`: "",
	} {
		got, ok := withDots(expression)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: got %q %v, want %q", expression, got, ok, want)
		}
	}
}
