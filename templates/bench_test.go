package templates_test

import (
	"fmt"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

// many is a description with n providers.
func many(n int) *spec.Federation {
	var idps []spec.IdentityProvider
	for i := range n {
		idps = append(idps, provider(fmt.Sprintf("idp-%d", i), realm(i)))
	}
	return federation("debian-12", idps...)
}

// BenchmarkRender renders and reads back whole bundles. MB/s is of output.
func BenchmarkRender(b *testing.B) {
	for _, n := range []int{10, 1000, 10000} {
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
				mustRender(b, fed, in)
			}
		})
	}
}
