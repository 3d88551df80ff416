package templates_test

import (
	"fmt"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// many is a description with n providers.
func many(n int) *spec.Federation {
	var idps []spec.IdentityProvider
	for i := range n {
		idps = append(idps, provider(fmt.Sprintf("idp-%d", i), realm(i)))
	}
	return federation("debian-12", idps...)
}

var sizes = []int{10, 1000, 10000}

// BenchmarkRender makes whole bundles in memory. MB/s is of output; ns/idp is
// the same for every number of providers where time is linear in it.
func BenchmarkRender(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fed := many(n)
			in := inputs(fed)
			size := int64(0)
			for _, f := range mustRender(b, fed, in).Files {
				size += int64(len(f.Content))
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := templates.Render(fed, in); err != nil {
					b.Fatal(err)
				}
			}
			perProvider(b, n)
		})
	}
}

// BenchmarkVerify reads whole bundles back.
func BenchmarkVerify(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fed := many(n)
			bundle := mustRender(b, fed, inputs(fed))
			b.ReportAllocs()
			for b.Loop() {
				if err := bundle.Verify(); err != nil {
					b.Fatal(err)
				}
			}
			perProvider(b, n)
		})
	}
}

func perProvider(b *testing.B, n int) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/idp")
}
