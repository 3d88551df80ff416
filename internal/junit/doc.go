// Package junit holds the elements of a JUnit report, as Jenkins' xunit plugin takes
// them (junit-10.xsd). GitLab and Azure read the same. What an element is made of is
// its user's business. The package imports nothing of the project.
package junit
