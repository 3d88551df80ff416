package lab

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The test binary starts itself with these to bring a lab up that is then killed.
const killedDir, killedPort = "FEDSTONE_TEST_KILLED_DIR", "FEDSTONE_TEST_KILLED_PORT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killedDir); dir != "" {
		port, _ := strconv.Atoi(os.Getenv(killedPort))
		_, _ = Up(context.Background(), Options{Dir: dir, BasePort: port, Light: true})
		return
	}
	os.Exit(m.Run())
}

func TestKilledRunIsEnded(t *testing.T) {
	need(t, HTTPD, Stack, Light)
	dir, block := openDir(t), freeBlock(t, Options{Light: true})
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killedDir+"="+dir, killedPort+"="+strconv.Itoa(block))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = Down(context.Background(), dir) })
	for {
		if l, err := load(dir); err == nil && len(l.Processes) == 2 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if len(members(dir)) == 0 {
		t.Fatal("nothing is left of the killed run, so nothing is tested")
	}
	if _, err := Open(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("opening what a killed run left: %v", err)
	}
	if _, err := Up(t.Context(), Options{Dir: dir, BasePort: block, Light: true}); err == nil || !strings.Contains(err.Error(), "lab down") {
		t.Errorf("starting over what a killed run left: %v, want a word of `lab down`", err)
	}
	if err := Down(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	if left := members(dir); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	if err := Down(context.Background(), dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("a second Down: %v", err)
	}
}

func TestCancelledUpLeavesNothing(t *testing.T) {
	need(t, HTTPD, Stack, Light)
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Dir: openDir(t), Light: true, Progress: cancelAfter{"MariaDB", cancel}}
	o.BasePort = freeBlock(t, o)
	_, err := Up(ctx, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a cancelled Up: %v, want context.Canceled", err)
	}
	if left := members(o.Dir); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	if _, err := os.Stat(filepath.Join(o.Dir, stateFile)); !os.IsNotExist(err) {
		t.Errorf("%s is left (%v)", stateFile, err)
	}
}

// cancelAfter cancels when the phase is told.
type cancelAfter struct {
	phase  string
	cancel func()
}

func (c cancelAfter) Write(line []byte) (int, error) {
	if strings.HasPrefix(string(line), c.phase) {
		c.cancel()
	}
	return len(line), nil
}

func TestTakenPort(t *testing.T) {
	o := Options{Light: true}
	o.BasePort = freeBlock(t, o)
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(o.BasePort+portLight))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	err = checkPorts(&o)
	if err == nil || !strings.Contains(err.Error(), "port "+strconv.Itoa(o.BasePort+portLight)+" (the light OpenID Provider)") {
		t.Errorf("a taken port: %v, want the port and its service named", err)
	}
	need(t, HTTPD, Stack, Light)
	o.Dir = openDir(t)
	if _, err := Up(t.Context(), o); err == nil {
		t.Fatal("Up did not mind a taken port")
	}
	if entries, _ := os.ReadDir(o.Dir); len(entries) > 0 {
		t.Errorf("%v was made before the port was looked at", entries)
	}
}

// TestForeignProcessIsSpared: a number from an old lab.json that now belongs to another program.
func TestForeignProcessIsSpared(t *testing.T) {
	sleep := exec.Command("sleep", "60")
	sleep.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := sleep.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sleep.Process.Kill(); _ = sleep.Wait() }()
	s, _ := readStat(sleep.Process.Pid)
	for name, p := range map[string]Process{
		"another start time":      {Name: "httpd", PID: sleep.Process.Pid, Start: s.start - 1},
		"the start, not our mark": {Name: "httpd", PID: sleep.Process.Pid, Start: s.start},
	} {
		t.Run(name, func(t *testing.T) {
			l := &Lab{Dir: openDir(t), BootID: bootID(), Processes: []Process{p}}
			if err := l.save(); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			_ = Down(ctx, l.Dir)
			if now, ok := readStat(sleep.Process.Pid); !ok || now.ended() {
				t.Fatal("a foreign process was ended")
			}
		})
	}
}
