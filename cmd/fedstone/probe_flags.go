package main

import (
	"time"

	"github.com/urfave/cli/v2"
)

// stepTimeoutFlag bounds a step, which may ask several times.
func stepTimeoutFlag() cli.Flag {
	return positive("step-timeout", time.Minute, "give up on a single step after `DURATION`")
}

// limitFlag bounds the whole call; what has to be revoked is revoked after it.
func limitFlag() cli.Flag {
	return positive("limit", 10*time.Minute, "give up on all that is left after `DURATION`")
}

// parallelFlag bounds how much is asked at the same time.
func parallelFlag(usage string) cli.Flag {
	return &cli.IntFlag{
		Name: "parallel", Value: 8, Usage: usage,
		Action: func(_ *cli.Context, seen int) error {
			if seen < 1 || seen > 256 {
				return usageError("--parallel %d: expected a number from 1 to 256", seen)
			}
			return nil
		},
	}
}
