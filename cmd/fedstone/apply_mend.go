package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/fedstone/fedstone/internal/oidc"
)

// mended says below an error of a request to Keystone what to do about it.
// What Keystone itself refused says so already.
func mended(err error) error {
	var request *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &request):
		return withMend(err, transportMend(request))
	case garbled(err):
		return withMend(err, "the answer is not what the identity API says: something else may answer at that address, or a proxy changes answers")
	}
	return err
}

func withMend(err error, mend string) error {
	if mend == "" {
		return err
	}
	return fmt.Errorf("%w\n%s", err, mend)
}

func transportMend(request *url.Error) string {
	var told *oidc.Error
	if !errors.As(oidc.TransportError("", request), &told) {
		return ""
	}
	return told.Mend
}

// garbled reports an answer that could not be read as the JSON it should be.
func garbled(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
