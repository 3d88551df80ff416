// Package effective says what a configuration means for one request: which
// virtual host answers, which sections apply in which order, and which directive
// decides each setting.
//
// New reads the servers of a httpdconf.Tree; Config.Select picks a server as
// httpd does by address, port and name; Server.At gathers the sections for a path
// and a file in the order in which httpd merges them (server; <Directory>,
// <DirectoryMatch> and <Files>, or <Proxy> for what is passed on; <Location>; <If>);
// Context.Setting and Context.Authz merge what they say, each directive by the rule
// of its module, and keep the commands that decide.
//
// What only a running server can tell (an <If> that looks at the request,
// rewriting, .htaccess files, names that must be asked of DNS) stays undecided and
// is given as such. The sources are server/vhost.c, server/request.c,
// server/core.c and the merge functions of the modules of httpd 2.4; the tests ask
// a running httpd. The package imports httpdconf, finding and platform. It keeps
// no state besides the Config, which several goroutines may ask at once.
package effective
