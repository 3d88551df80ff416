package keystone

import (
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// daemon is a process group of mod_wsgi. The zero value is one that is not known, and
// has no threads.
type daemon struct{ command *httpdconf.Command }

// daemonOf finds a process group by its name, which is the server's only one of it.
func daemonOf(t *subject.Tree, name string) daemon {
	for _, c := range t.Commands("wsgidaemonprocess") {
		if subject.Arg(c, 0) == name {
			return daemon{c}
		}
	}
	return daemon{}
}

// threads is how many requests one process takes at a time, 0 where that is not known.
func (d daemon) threads() int { return d.number("threads", 15) }

// number is an option's value; otherwise is mod_wsgi's own, 0 stands for what is none.
func (d daemon) number(option string, otherwise int) int {
	if d.command == nil {
		return 0
	}
	for word := range d.command.Args() {
		if value, ok := strings.CutPrefix(word, option+"="); ok {
			otherwise, _ = strconv.Atoi(value)
		}
	}
	return otherwise
}

// mostProcesses are as many as fit into 2 GB.
const mostProcesses = 16

// inProcesses are the arguments with which it takes as many requests at a time, each in
// a process of its own.
func (d daemon) inProcesses() string {
	processes := d.number("processes", 1)
	var words []string
	for _, w := range d.command.Words() {
		words = append(words, w.Raw)
	}
	words = setOption(words, "processes", max(processes, min(processes*d.threads(), mostProcesses)))
	return strings.Join(setOption(words, "threads", 1), " ")
}

// setOption gives an option its value where it stands, or else behind the others.
func setOption(words []string, option string, value int) []string {
	found, text := false, option+"="+strconv.Itoa(value)
	for i, w := range words {
		if strings.HasPrefix(strings.TrimLeft(w, `"'`), option+"=") {
			words[i], found = text, true
		}
	}
	if !found {
		words = append(words, text)
	}
	return words
}
