package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// starterTime is how long a browser's starter may take to fail.
const starterTime = 2 * time.Second

// openPage opens a URL in a browser, and reports whether one could be started.
// What the browser is given is the address of a page on loopback that leads there
// once: every user of the machine sees a command's arguments.
func openPage(url string) bool {
	command := browserCommand(os.Getenv)
	if command == nil {
		return false
	}
	door, err := openDoor(url)
	if err != nil {
		return false
	}
	return started(exec.Command(command[0], withAddress(command[1:], door)...))
}

// browserCommand is $BROWSER's first, or what this desktop opens pages with; nil
// where there is no desktop.
func browserCommand(env func(string) string) []string {
	first, _, _ := strings.Cut(env("BROWSER"), ":")
	if words := strings.Fields(first); len(words) > 0 {
		return words
	}
	if runtime.GOOS == "darwin" {
		return []string{"open"}
	}
	if _, err := exec.LookPath("xdg-open"); err != nil || env("DISPLAY")+env("WAYLAND_DISPLAY") == "" {
		return nil
	}
	return []string{"xdg-open"}
}

// withAddress puts the address where %s stands, or at the end.
func withAddress(args []string, address string) []string {
	out, put := []string{}, false
	for _, a := range args {
		put = put || strings.Contains(a, "%s")
		out = append(out, strings.ReplaceAll(a, "%s", address))
	}
	if !put {
		out = append(out, address)
	}
	return out
}

// started starts a browser. One that is still there after a while, or has ended
// well, is taken to show the page.
func started(cmd *exec.Cmd) bool {
	if cmd.Start() != nil {
		return false
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return err == nil
	case <-time.After(starterTime):
		return true
	}
}
