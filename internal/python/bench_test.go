package python_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

func BenchmarkAppend(b *testing.B) {
	one := func(s string) python.Arg { return python.Arg{Values: []string{s}} }
	args := []python.Arg{one("alice"), one("alice@example.org"), {Values: []string{"admins", "cloud users", "o'brien"}}}
	for name, text := range map[string]string{
		"only":  "{0}",
		"plain": "{0} <{1}> of {0}",
		"list":  "{2}",
		"spec":  "{0:>12}|{1:.5}",
		"path":  "{2[1]} {0!r}",
	} {
		b.Run(name, func(b *testing.B) {
			t := python.ParseTemplate(text)
			dst := make([]byte, 0, 256)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := t.Append(dst, args, python311); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLiteralEval(b *testing.B) {
	for _, count := range []int{1, 10, 100, 1000} {
		items := make(python.List, count)
		for i := range items {
			items[i] = fmt.Sprintf("group-%d of o'brien", i)
		}
		text := python.Repr(items, python311)
		b.Run(fmt.Sprint(count, " items"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := python.LiteralEval(text, python311); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for name, text := range map[string]string{"name": "cloud-admins", "numbers": "[" + strings.Repeat("1, ", 1000) + "]"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = python.LiteralEval(text, python311)
			}
		})
	}
}

func BenchmarkParseTemplate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		python.ParseTemplate("{0} <{1}> of {0}")
	}
}
