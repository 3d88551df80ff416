// Package explain draws what Keystone makes of a login, and why: as text for a
// terminal, as JSON for a program, and as one HTML page that is a picture of
// which claim flowed through which rule into what.
//
// It decides nothing: a Report holds what engine, claims and platform say, and
// the drawings show it. Values of claims are foreign text; no drawing lets them
// write to a terminal or a page. It may import claims, mapping/engine and
// what engine may.
package explain
