// Package curl reads what curl -i prints, and writes a request as a line for a
// shell.
//
// It promises that a Response holds no token, cookie or state: they are masked
// while it is read, and no error quotes the input. A line that it writes is one
// request, whatever its parts hold.
//
// It may import finding and secret.
package curl
