package lab

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

// realms are Keycloak's: each is an issuer of its own.
func realms() []string { return []string{"corp", "partner"} }

// upKeycloak starts Keycloak with both realms. Their import files hold secrets and are removed once it answers.
func (r *run) upKeycloak(ctx context.Context) error {
	dist, err := prepareKeycloak(ctx)
	if err != nil {
		return err
	}
	return r.progress.phase("corp and partner (Keycloak)", func() error {
		if err := r.lab.layOutKeycloak(dist); err != nil {
			return err
		}
		defer os.RemoveAll(r.lab.path("keycloak", "data", "import"))
		c, err := r.start(r.lab.keycloak(dist))
		if err != nil {
			return err
		}
		return c.await(ctx, r.lab.realmsAnswer)
	})
}

func (l *Lab) realmsAnswer(ctx context.Context) error {
	for _, realm := range realms() {
		if err := l.answers(ctx, l.url(portKeycloak)+"/realms/"+realm+"/.well-known/openid-configuration"); err != nil {
			return err
		}
	}
	return nil
}

// layOutKeycloak makes a home of this lab's own around the prepared distribution, so that two labs do not meet.
func (l *Lab) layOutKeycloak(dist string) error {
	for _, name := range []string{"", "conf", "data", "data/import", "data/tmp"} {
		if err := l.makeFolder(folder{filepath.Join("keycloak", name), 0o700, nil}); err != nil {
			return err
		}
	}
	for _, name := range []string{"lib", "providers", "themes"} {
		if err := os.Symlink(filepath.Join(dist, name), l.path("keycloak", name)); err != nil {
			return err
		}
	}
	for _, realm := range realms() {
		if err := l.writeRealm(realm); err != nil {
			return err
		}
	}
	return nil
}

// writeRealm writes a realm's import file.
func (l *Lab) writeRealm(realm string) error {
	t, err := template.New("realm.json.tmpl").Funcs(template.FuncMap{"json": jsonText}).ParseFS(assets, "assets/realm.json.tmpl")
	if err != nil {
		return err
	}
	clients, err := l.registeredClients(realm)
	if err != nil {
		return err
	}
	people, err := l.registered(realm)
	if err != nil {
		return err
	}
	admin, err := l.secret(realm + "-admin")
	if err != nil {
		return err
	}
	registrar, err := l.secret(realm + "-registrar")
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := t.Execute(&text, map[string]any{"Realm": realm, "Clients": clients, "People": people, "Admin": admin, "Registrar": registrar, "Rotates": realm == "partner",
		// partner is as Keycloak makes it: registration refuses the mappers that tokens for Keystone need.
		"Mappers": realm == "corp"}); err != nil {
		return err
	}
	return writeFor(l.path("keycloak", "data", "import", realm+"-realm.json"), []byte(text.String()), nil)
}

// jsonText gives a value as JSON; names and secrets are letters, digits and dashes, and stand in quotes as they are.
func jsonText(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

// keycloak is what kc.sh start would run (bin/kc.sh of the distribution), with this lab's home.
func (l *Lab) keycloak(dist string) program {
	home := l.path("keycloak")
	args := strings.Fields("-Xms64m -Xmx512m -XX:MetaspaceSize=96M -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -Xshare:auto " +
		"-Dfile.encoding=UTF-8 -Duser.language=en -Duser.country=US -Djava.security.egd=file:/dev/urandom " +
		"-Djava.util.logging.manager=org.jboss.logmanager.LogManager -Dpicocli.disable.closures=true " +
		"-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory " +
		"--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.security=ALL-UNNAMED")
	args = append(args, "-Djava.io.tmpdir="+home+"/data/tmp", "-Dkc.home.dir="+home, "-Djboss.server.config.dir="+home+"/conf", "-cp", filepath.Join(dist, "lib/quarkus-run.jar"), "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
		"start", "--optimized", "--import-realm", "--http-host=127.0.0.1", "--http-enabled=false", "--cache=local", "--hostname="+l.url(portKeycloak),
		"--https-port="+strconv.Itoa(l.BasePort+portKeycloak), "--https-certificate-file="+l.CertFile, "--https-certificate-key-file="+l.KeyFile)
	return program{name: "keycloak", path: javaPath(), args: args, dir: home, outside: true}
}

// javaPath is Java's path; the name alone where it is missing, so that starting it tells so.
func javaPath() string {
	if path, err := exec.LookPath("java"); err == nil {
		return path
	}
	return "java"
}
