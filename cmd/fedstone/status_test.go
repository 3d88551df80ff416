package main

import (
	"errors"
	"os/exec"
	"strconv"
)

func exitCodeOf(err error) string {
	var ended *exec.ExitError
	switch {
	case err == nil:
		return "0"
	case errors.As(err, &ended):
		return strconv.Itoa(ended.ExitCode())
	default:
		return err.Error()
	}
}
