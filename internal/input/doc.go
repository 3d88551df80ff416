// Package input reads what a user names: a regular file, or standard input.
//
// It promises that no more than a limit is ever held, and that nothing is waited
// for but standard input: a FIFO or device is refused before it is opened. The
// package imports nothing of the project.
package input
