// Package walkcheck finds what httpd refuses when it has read its whole
// configuration and works it off: a command that no loaded module knows, one that
// stands where it must not, one with too few or too many arguments, a section
// without its bracket, and the Error directive.
//
// The order of the problems is httpd's: at the first, `httpd -t` stops, unless a
// command before it refuses the values of its arguments, which is not judged here.
// What cannot be decided (the directives of modules that are not known, what is
// behind sections of theirs) is passed over.
//
// commands.txt says which directives a module of httpd has, where they may stand
// and how they take arguments; it is what an httpd answered, and the test asks the
// one at hand again. mod_auth_openidc comes from package platform's tables. The
// rules are those of ap_walk_config, invoke_cmd (server/config.c) and
// ap_check_cmd_context (server/core.c). The package imports httpdconf, platform
// and finding; it keeps no state, and takes time linear in the commands.
package walkcheck
