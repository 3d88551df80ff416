// Package input reads what a user names: a regular file, standard input, or a pipe
// that the shell has opened.
//
// It promises that no more than a limit is ever held, and that nothing else is
// waited for: another FIFO or a device is refused before it is opened. The
// package imports nothing of the project.
package input
