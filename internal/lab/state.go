package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const stateFile = "lab.json"

// save writes lab.json: whole or not at all.
func (l *Lab) save() error {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", stateFile, err)
	}
	next := l.path("." + stateFile)
	if err := os.WriteFile(next, append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(next, l.path(stateFile))
}

// load reads Dir/lab.json, running or not.
func load(dir string) (*Lab, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("lab folder %s: %w", dir, err)
	}
	text, err := os.ReadFile(filepath.Join(abs, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w (there is no %s)", abs, ErrNotRunning, stateFile)
	}
	if err != nil {
		return nil, err
	}
	l := &Lab{}
	if err := json.Unmarshal(text, l); err != nil {
		return nil, fmt.Errorf("%s: not a lab's state: %w", filepath.Join(abs, stateFile), err)
	}
	if l.Dir != abs {
		return nil, fmt.Errorf("%s: it describes the lab in %s; a lab cannot be moved", filepath.Join(abs, stateFile), l.Dir)
	}
	return l, nil
}

// refresh takes over what another program has recorded since (its Reload, for instance). Where lab.json is gone,
// what is known stays.
func (l *Lab) refresh() {
	if stored, err := load(l.Dir); err == nil {
		l.Processes = stored.Processes
	}
}

// Open returns the lab that runs in dir. The error wraps ErrNotRunning where none runs, and names the service
// where one of its processes has ended.
func Open(dir string) (*Lab, error) {
	return openWithout(dir, "")
}

// openWithout is Open, where the service of this name may have ended.
func openWithout(dir, service string) (*Lab, error) {
	l, err := load(dir)
	if err != nil {
		return nil, err
	}
	if !l.Ready {
		return nil, fmt.Errorf("%s: %w (its start was broken off; end it with `fedstone lab down`)", l.Dir, ErrNotRunning)
	}
	for _, p := range l.Processes {
		if p.Name != service && !l.alive(p) {
			mend := "end the rest with `fedstone lab down`"
			if p.Name == "httpd" {
				mend = "start it again with `fedstone lab reload`, or " + mend
			}
			return nil, fmt.Errorf("%s: %w (%s, process %d, has ended; see %s; %s)", l.Dir, ErrNotRunning, p.Name, p.PID, l.logFile(p.Name), mend)
		}
	}
	return l, nil
}

// left are the entries that an ended lab leaves in its folder.
var left = map[string]bool{"log": true}

// checkFolder refuses a folder in use, foreign, too long for a Unix socket, or closed to the services' users.
func (l *Lab) checkFolder() error {
	const longest = 80 // a socket's path holds 107 bytes; the longest name below the folder takes 25
	if len(l.Dir) > longest || strings.ContainsAny(l.Dir, " \t\n\"'\\$;#%&?{}") {
		return fmt.Errorf("lab folder %q: it must be at most %d bytes of plain characters, since Unix sockets and several configuration files hold it", l.Dir, longest)
	}
	entries, err := os.ReadDir(l.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("lab folder: %w", err)
	}
	if _, err := os.Lstat(l.path(stateFile)); err == nil {
		return fmt.Errorf("lab folder %s: a lab runs there, or a killed run left one; end it with `fedstone lab down`", l.Dir)
	}
	for _, e := range entries {
		if !left[e.Name()] {
			return fmt.Errorf("lab folder %s: it holds %s, which no lab made; choose an empty or new folder", l.Dir, e.Name())
		}
	}
	return l.checkTraversable()
}

// checkTraversable finds a folder above the lab's that other users may not enter.
func (l *Lab) checkTraversable() error {
	for dir := filepath.Dir(l.Dir); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 {
			return fmt.Errorf("lab folder %s: users keystone, mysql and www-data may not enter %s (mode %04o); choose a folder below /tmp, /var/tmp or /srv", l.Dir, dir, info.Mode().Perm())
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}
