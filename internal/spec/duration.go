package spec

import (
	"fmt"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Bounds of durations: the longest life that Keystone's tokens are given anywhere,
// and how long a probe may keep a person waiting.
const (
	maxLifetime = 366 * 24 * time.Hour
	maxWait     = time.Minute
)

// duration reads a time above zero in Go's form, up to most.
func duration(what string, most time.Duration, dst *Text) reader {
	return func(l *loader, n *yaml.Node) {
		var t Text
		text(what, &t)(l, n)
		if !t.Given() {
			return
		}
		d, err := time.ParseDuration(t.Value)
		switch {
		case err != nil || strings.ContainsAny(t.Value, "+-nuµ"):
			l.fail("bad-duration", t.At, fmt.Sprintf("%s %s: expected a number and its unit, ms, s, m or h", what, show(t.Value)), "30s")
		case d <= 0 || d > most:
			l.fail("out-of-range", t.At, fmt.Sprintf("%s is %s, expected a time above zero, at most %s", what, t.Value, most), "")
		default:
			*dst = t
		}
	}
}

// span is a duration that was checked when it was read; 0 for what is not one.
func span(t Text) time.Duration {
	d, _ := time.ParseDuration(t.Value)
	return d
}
