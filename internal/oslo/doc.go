// Package oslo reads the configuration of an OpenStack service, such as
// keystone.conf, as oslo.config does, and keeps the place of everything read.
//
// Parse reads one file and tells what makes oslo.config refuse it. New puts files
// together in their order of reading; Get and All answer what the service is
// given, Resolve replaces the references `$name` in it, and AsBool, AsInt and
// AsList read a text as options of these types do.
//
// What follows was seen on oslo.config 9.0 and is tested against it:
//
//   - section names are compared without case, but for DEFAULT, which is written
//     so and no other way; white space in them counts; equal sections join
//   - keys are compared as they are: neither case nor '-' and '_' are alike
//   - the later assignment counts, of options with many values all of them
//   - nothing behind a value is a comment, and an indented line continues the
//     value above it, even if it looks like a comment or an assignment
//   - quotes are taken off around the first line of a value, never around the
//     items of a list
//
// What the environment (OS_GROUP__OPTION), the command line and other sources
// than files set is not known here. Section names with a Greek final sigma are
// the one known difference: it is compared as any other sigma.
//
// The package imports internal/finding alone. It takes time and memory in
// proportion to its input, never panics and never touches the disk; a file is
// read to its end even where oslo.config stops.
package oslo
