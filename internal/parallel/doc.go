// Package parallel does things that do not depend on each other at the same time.
// It imports nothing of the project.
package parallel
