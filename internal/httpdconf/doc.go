// Package httpdconf reads Apache httpd configuration exactly as httpd does, and
// writes arguments that httpd reads back unchanged.
//
// Parse gives one file as it stands: a tree of directives, sections, comments and
// blank lines. Every node keeps the bytes it was read from, so File.Bytes gives
// back every input byte by byte. Quote writes one argument.
//
// Load gives a whole configuration as httpd has it after reading: files are
// included, macros used, variables replaced and conditions decided, in httpd's
// order. Every command knows where it was written and what brought it; what could
// not be known is told as a finding, never taken in silence. Code inside <Perl> is
// passed over, .htaccess files are left alone, and modules are taken as loaded
// where LoadModule says so, whether or not their files are at hand. Find tells the
// main file of a machine, or of a copied tree. What a configuration means for a
// request is the business of package effective.
//
// The rules are those of server/util.c, server/config.c, server/core.c,
// modules/core/mod_macro.c and modules/metadata/mod_version.c of httpd 2.4; the
// tests put the same inputs to the real program. The package imports finding. It
// never panics on an input, opens regular files only, recurses no deeper than
// httpd's own limits (128 includes), and takes time linear in what it reads.
package httpdconf
