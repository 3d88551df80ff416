// Package httpdconf reads Apache httpd configuration exactly as httpd does, and
// writes arguments that httpd reads back unchanged.
//
// Parse gives one file as a tree of directives, sections, comments and blank
// lines. Every node keeps the bytes it was read from, so File.Bytes gives back
// every input byte by byte, and every node and argument knows its place. Quote
// writes one argument. Conditions (IfModule, IfDefine), Define'd variables,
// macros and includes stay as they stand: this is the text, not the effective
// configuration. Code inside <Perl> is read as if it were directives, and
// sections inside a <Macro> must be balanced, where httpd lets them be.
//
// The rules are those of server/util.c (ap_cfg_getline, ap_getword_conf) and
// server/config.c (ap_build_config) of httpd 2.4, and the tests put the same
// inputs to the real program. The package imports finding. It never panics on an
// input, does not recurse, and takes time linear in its input.
package httpdconf
