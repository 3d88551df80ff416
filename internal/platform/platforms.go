package platform

import (
	"slices"
	"strings"
)

// platforms gives every platform, sorted by name.
func platforms() []Platform {
	all := []Platform{
		debian11(), debian12(), debian13(), debianTesting(),
		kolla(), kollaDebian(),
		openStackAnsible(),
		openStackHelm(),
		plain(),
		el9(), rhosp171(), rhoso18(),
	}
	slices.SortFunc(all, func(a, b Platform) int { return strings.Compare(a.Name, b.Name) })
	return all
}
