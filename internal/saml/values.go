package saml

import (
	"fmt"
	"time"
)

// timeOf reads a time of SAML, which is in UTC (SAML 2.0 Core, section 1.3.3); zero
// where there is none.
func timeOf(text []byte, e *Element, attribute string) (time.Time, error) {
	value := e.attribute(attribute)
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return t, at(text, e.start, fmt.Sprintf("%s is %q", attribute, cut(value)), "a time such as 2030-01-31T12:00:00Z")
	}
	return t, nil
}

// isTrue reads an xs:boolean.
func isTrue(value string) bool { return value == "true" || value == "1" }

// named tells a namespace, or that there is none.
func named(space string) string {
	if space == "" {
		return "no namespace"
	}
	return cut(space)
}
