package prove

// before and after stand around the fixture's configuration: what it may change, and what holds on this host.
const (
	before = `[token]
provider = fernet
[federation]
sso_callback_template = /etc/keystone/sso_callback_template.html
`
	after = `[DEFAULT]
log_file =
log_dir =
log_config_append =
use_syslog = false
use_journal = false
[database]
connection = sqlite:////var/lib/prove/keystone.db
[cache]
backend = dogpile.cache.null
[fernet_tokens]
key_repository = /var/lib/prove/keys
[fernet_receipts]
key_repository = /var/lib/prove/keys
[credential]
key_repository = /var/lib/prove/keys
`
	callback = `<form action="$host" method="post"><input name="token" value="$token"></form>` + "\n"
)

// configureKeystone puts Keystone's files where it looks for them and gives its arguments.
func (l *layout) configureKeystone() []string {
	l.fill(map[string][]byte{
		"/etc/keystone/keystone.conf":                {},
		"/etc/keystone/keystone.conf.d/00-none.conf": {},
		"/etc/keystone/sso_callback_template.html":   []byte(callback),
	})
	l.files["/etc/keystone/prove/before.conf"], l.files["/etc/keystone/prove/after.conf"] = []byte(before), []byte(after)
	return []string{"--config-file", "/etc/keystone/prove/before.conf", "--config-file", "/etc/keystone/keystone.conf",
		"--config-dir", "/etc/keystone/keystone.conf.d", "--config-file", "/etc/keystone/prove/after.conf"}
}
