// Package claims answers what a login looks like to Keystone: it reads claims as
// people have them at hand (JSON, a JWT, the `key: value` lines of
// keystone-manage mapping_engine), and says which environment mod_auth_openidc
// or mod_oauth2 of a version makes of them for a WSGI program, name by name and
// value by value, and what Keystone takes out of that.
//
// It promises that names and values are those of the running module, on a
// processor whose char is signed (amd64): the test asks httpd itself. It judges
// neither signature nor validity of a token, says so, and never gives out the
// token. Reading takes bounded time and memory. It may import finding,
// input and platform, and holds no state.
package claims
