package labtest

import (
	"fmt"
	"strings"
)

const environProgram = `import json

def application(environ, start_response):
    body = json.dumps({k: environ[k] for k in list(environ) if isinstance(environ.get(k), str)}).encode()
    start_response('200 OK', [('Content-Type', 'application/json'), ('Content-Length', str(len(body)))])
    return [body]
`

const environModules = "mpm_event authn_core authz_core authz_user wsgi"

const environServer = `ServerRoot %[1]s
ServerName localhost
PidFile %[1]s/pid
DefaultRuntimeDir %[1]s
Mutex file:%[1]s default
ErrorLog %[1]s/error.log
LogLevel warn
User www-data
Group www-data
LimitRequestFieldSize 1048576
LimitRequestLine 65536
Listen 127.0.0.1:%[2]s
WSGISocketPrefix %[1]s/wsgi
WSGIDaemonProcess environ processes=1 threads=4
WSGIProcessGroup environ
WSGIApplicationGroup %%{GLOBAL}
WSGIScriptAlias / %[1]s/environ.py
%[3]s
`

func (s *EnvironServer) config(modules []string, sites []EnvironSite) string {
	var vhosts strings.Builder
	for _, site := range sites {
		fmt.Fprintf(&vhosts, "<VirtualHost 127.0.0.1:%s>\nServerName %s\n%s\n<Location />\n%s\n</Location>\n</VirtualHost>\n",
			s.port, site.Name, site.Server, site.Location)
	}
	var load strings.Builder
	for _, name := range append(strings.Fields(environModules), modules...) {
		fmt.Fprintf(&load, "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", name, name)
	}
	return load.String() + fmt.Sprintf(environServer, s.inside(s.dir), s.port, vhosts.String())
}
