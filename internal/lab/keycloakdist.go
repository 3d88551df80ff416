package lab

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const (
	keycloakVersion  = "26.4.0"
	keycloakSum      = "1b6a11a2726ac8a8dc9c91d5fafe989a75ce4f1622d7f7b45c21d5bc16629c0a" // SHA-256 of the distribution's zip
	keycloakPrepared = "keycloak-" + keycloakVersion + "-1"
)

// keycloakGet are Maven's arguments that download the distribution.
func keycloakGet() []string {
	return []string{"--quiet", "--batch-mode", "-Dstyle.color=never", "dependency:get", "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + keycloakVersion + ":zip", "-Dtransitive=false"}
}

func keycloakPresent() bool { return inCache(keycloakPrepared, nil) }

// prepareKeycloak returns the distribution, unpacked and built once (`kc.sh build`) for an in-memory database.
func prepareKeycloak(ctx context.Context) (string, error) {
	return prepared(ctx, keycloakPrepared, func(dir string) error {
		archive, err := keycloakArchive(ctx)
		if err != nil {
			return err
		}
		if err := unzip(archive, dir); err != nil {
			return err
		}
		return tool(ctx, dir, filepath.Join(dir, "bin", "kc.sh"), "build", "--db=dev-mem", "--features=device-flow", "--health-enabled=false", "--metrics-enabled=false")
	})
}

// keycloakArchive finds the zip in Maven's local repository, or has Maven download it, and checks its sum.
func keycloakArchive(ctx context.Context) (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	name := filepath.Join(home, ".m2/repository/org/keycloak/keycloak-quarkus-dist", keycloakVersion, "keycloak-quarkus-dist-"+keycloakVersion+".zip")
	if _, err := os.Stat(name); err != nil {
		if err := tool(ctx, "", "mvn", keycloakGet()...); err != nil {
			return "", err
		}
	}
	return name, checkSum(name, keycloakSum)
}

func checkSum(name, want string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		return fmt.Errorf("%s: its SHA-256 is %s, expected %s; remove the file, so that it is downloaded again", name, got, want)
	}
	return nil
}

// unzip unpacks an archive without its topmost folder.
func unzip(archive, dir string) error {
	z, err := zip.OpenReader(archive)
	if err != nil {
		return fmt.Errorf("%s: %w", archive, err)
	}
	defer z.Close()
	for _, f := range z.File {
		_, name, _ := strings.Cut(f.Name, "/")
		if name == "" {
			continue
		}
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%s: entry %q leads out of the folder", archive, f.Name)
		}
		if err := unzipOne(f, filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("%s: %s: %w", archive, f.Name, err)
		}
	}
	return nil
}

func unzipOne(f *zip.File, path string) error {
	if f.FileInfo().IsDir() {
		return os.MkdirAll(path, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, f.Mode().Perm())
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Close()
}
