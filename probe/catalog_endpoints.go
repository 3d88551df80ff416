package probe

import (
	"context"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// compareEndpoints judges where the catalog sends clients, and where Keystone
// says that it is. One public endpoint has to be the address that is asked here;
// the other ones are then those of other regions.
func (v *visit) compareEndpoints(ctx context.Context, all []keystone.Endpoint, a keystone.Answer) outcome {
	here := placeOf(v.url)
	var faults []wrong
	var notes []string
	served := false
	for _, e := range all {
		if e.Interface == "public" {
			served = served || placeOf(e.URL) == here
		}
	}
	for _, e := range all {
		switch at := placeOf(e.URL); {
		case e.Interface != "public" || at == here:
		case served:
			notes = append(notes, fmt.Sprintf("region %s is at %s", e.Region, e.URL))
		default:
			faults = append(faults, misleading(at, here, e))
		}
	}
	if !served && len(faults) == 0 {
		faults = append(faults, wrong{known: symptom.NoIdentity})
	}
	o := v.faulty(ctx, "catalog", a, append(faults, v.linkFaults()...))
	o.notes = append(append(o.notes, notes...), v.innerNotes(ctx, all)...)
	return o
}

// misleading says in what a public endpoint differs from Keystone's address.
func misleading(at, here place, e keystone.Endpoint) wrong {
	known := symptom.OtherEndpoint
	if at.scheme == "http" && here.scheme == "https" {
		known = symptom.PlainEndpoint
	}
	return wrong{known, map[string]string{"seen": e.URL, "endpoint": e.ID, "because": at.differs(here)}}
}

// linkFaults holds what /v3 says of itself against the address that is asked here.
func (v *visit) linkFaults() []wrong {
	link := keystone.SelfLink(v.heard.version.Body)
	at, here := placeOf(link), placeOf(v.url)
	words := map[string]string{"seen": link, "because": at.differs(here)}
	switch {
	case link == "":
		return nil
	case !strings.HasSuffix(strings.TrimRight(link, "/"), "/v3"):
		words["because"] = ": its link lacks /v3"
		return []wrong{{symptom.OtherLinks, words}}
	case at.scheme == "http" && here.scheme == "https":
		return []wrong{{symptom.PlainLinks, words}}
	case at != here:
		return []wrong{{symptom.OtherLinks, words}}
	}
	return nil
}
