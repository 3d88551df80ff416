// Package rule says what a rule of validate is: a slug, what it says to people, and
// a check that reports findings about a subject.
//
// It may import finding, httpdconf and validate/subject. Rules themselves live in
// the topics beside it, one rule a file.
package rule
