// Package prove runs configurations on the real programs: fixtures of rules show there what the rules promise. Only
// tests import it; it may import internal/lab.
package prove
