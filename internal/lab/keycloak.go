package lab

import (
	"context"
	"errors"
)

func (r *run) upKeycloak(ctx context.Context) error { return errors.New("later") }
