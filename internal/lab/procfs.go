package lab

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// marker is the environment variable that every process of a lab carries: the lab's folder.
const marker = "FEDSTONE_LAB_PROCESS_OF"

// bootID tells one boot of the host from the next: start times count from it. Empty where /proc lacks it.
func bootID() string {
	id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(id))
}

func procFile(pid int, name string) string {
	return filepath.Join("/proc", strconv.Itoa(pid), name)
}

// stat is what /proc/PID/stat tells: the state letter and the start in clock ticks since boot (proc(5)).
type stat struct {
	state string
	start uint64
}

// readStat is false where no such process exists.
func readStat(pid int) (stat, bool) {
	text, err := os.ReadFile(procFile(pid, "stat"))
	if err != nil {
		return stat{}, false
	}
	// The name in parentheses may hold anything; what follows the last one is plain.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 20 {
		return stat{}, false
	}
	start, err := strconv.ParseUint(fields[19], 10, 64)
	return stat{state: fields[0], start: start}, err == nil
}

// ended is true for a zombie: it holds a number and nothing else.
func (s stat) ended() bool { return s.state == "Z" || s.state == "X" }

// marked says whether the process carries this folder's mark.
func marked(pid int, dir string) bool {
	environ, err := os.ReadFile(procFile(pid, "environ"))
	if err != nil {
		return false
	}
	for entry := range bytes.SplitSeq(environ, []byte{0}) {
		if string(entry) == marker+"="+dir {
			return true
		}
	}
	return false
}

// members are the living processes that carry this folder's mark, children of services included.
func members(dir string) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if s, ok := readStat(pid); ok && !s.ended() && marked(pid, dir) {
			pids = append(pids, pid)
		}
	}
	return pids
}
