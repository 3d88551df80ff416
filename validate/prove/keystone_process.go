package prove

import (
	"bufio"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

//go:embed program/keystone.py
var keystoneProgram string

// keystoneMaker is the process that Keystones are forked from. Loading Keystone's code takes seconds, so there is one
// for a test program; it ends with it, since its standard input does.
type keystoneMaker struct {
	socket string
	in     io.WriteCloser // held open as long as this process lives
	said   *words
}

var theMaker = sync.OnceValues(startMaker)

func startMaker() (*keystoneMaker, error) {
	m := &keystoneMaker{socket: "fedstone-prove-" + rand.Text(), said: &words{}}
	cmd := exec.Command("/usr/bin/python3", "-s", "-c", keystoneProgram, m.socket)
	cmd.Dir, cmd.Stderr = "/", m.said
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/nonexistent"}
	var err error
	if m.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = cmd.Wait() }()
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		return nil, fmt.Errorf("loading the code of Keystone: %w\n%s", err, m.said)
	}
	return m, nil
}

// connectKeystone gets a Keystone of its own for a test.
func connectKeystone(t testing.TB) *bufio.ReadWriter {
	t.Helper()
	if _, err := os.Stat("/usr/lib/python3/dist-packages/keystone"); err != nil {
		labtest.Require(t, "no Keystone here to confirm this with; install python3-keystone")
	}
	m, err := theMaker()
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("unix", "@"+m.socket)
	if err != nil {
		t.Fatalf("%v\n%s", err, m.said)
	}
	t.Cleanup(func() { c.Close() })
	return bufio.NewReadWriter(bufio.NewReaderSize(c, 1<<16), bufio.NewWriter(c))
}

// converse sends a line and reads the answer's.
func (k *Keystone) converse(question, answer any) error {
	text, err := json.Marshal(question)
	if err != nil {
		return err
	}
	if _, err := k.lines.Write(append(text, '\n')); err != nil {
		return err
	}
	if err := k.lines.Flush(); err != nil {
		return err
	}
	line, err := k.lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the process of Keystone has ended: %w", err)
	}
	return json.Unmarshal(line, answer)
}
