package iamtest

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// result is what a handler answers. A token that is not empty goes into
// X-Subject-Token.
type result struct {
	status int
	token  string
	body   any
}

type action func(r *http.Request) result

func reply(w http.ResponseWriter, a result) {
	w.Header().Set("X-Request-Id", "contract")
	if a.token != "" {
		w.Header().Set("X-Subject-Token", a.token)
	}
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=utf8")
	w.WriteHeader(a.status)
	_ = json.NewEncoder(w).Encode(a.body) // a client that went away needs no answer
}

// route serves what has a handler. What has one for another method is 405, as most
// tables list it; the rest is 404.
func (s *Server) route(w http.ResponseWriter, r *http.Request, routes *http.ServeMux) {
	if _, pattern := routes.Handler(r); pattern != "" {
		routes.ServeHTTP(w, r)
		return
	}
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := routes.Handler(other); pattern != "" {
			reply(w, s.refuse(r, http.StatusMethodNotAllowed))
			return
		}
	}
	reply(w, s.refuse(r, http.StatusNotFound))
}

func on(do action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { reply(w, do(r)) }
}

// refuse words an error in the form of its page: pages below /v3.0 have error_msg and
// error_code, those below /v3 the form of Keystone.
func (s *Server) refuse(r *http.Request, status int) result {
	if strings.HasPrefix(r.URL.Path, "/v3.0/") {
		return result{status: status, body: modern(r, status)}
	}
	message := map[int]string{
		400: "The server could not comply with the request since it is either malformed or otherwise incorrect.",
		401: "The request you have made requires authentication.",
		403: "You are not authorized to perform the requested action.",
		404: "Could not find the requested resource.",
		405: "The method specified in the request is not allowed for the requested resource.",
		409: "Conflict occurred attempting to store the resource.",
		413: "The request entity is too large.",
		500: "An unexpected error prevented the server from fulfilling your request.",
		503: "Service unavailable.",
	}[status]
	return result{status: status, body: object{"error": object{"code": status, "message": message, "title": http.StatusText(status)}}}
}

// modern is the body of iam_13_0207, 0208, 0209 and 0605. Page 0209 has IAM.0007 for
// 401, the others IAM.0001.
func modern(r *http.Request, status int) object {
	known := map[int][2]string{
		400: {"IAM.0011", "Request body is invalid."},
		401: {"IAM.0001", "The request you have made requires authentication."},
		403: {"IAM.0003", "Policy doesn't allow the action to be performed."},
		404: {"IAM.0004", "Could not find the requested resource."},
		409: {"IAM.0005", "Conflict occurred attempting to store the resource."},
		500: {"IAM.0006", "An unexpected error prevented the server from fulfilling your request."},
	}
	if status == http.StatusUnauthorized && r.Method == http.MethodGet {
		return object{"error_code": "IAM.0007", "error_msg": "Request parameter X-Auth-Token is invalid."}
	}
	one := known[status]
	if one[0] == "" {
		one = [2]string{fmt.Sprintf("IAM.%04d", status), http.StatusText(status)}
	}
	return object{"error_code": one[0], "error_msg": one[1]}
}

type bodyKey struct{}

func withBody(ctx context.Context, body []byte) context.Context {
	return context.WithValue(ctx, bodyKey{}, body)
}

// member gives the object that a body consists of: {"protocol": {…}}.
func member(r *http.Request, name string) (object, bool) {
	raw, _ := r.Context().Value(bodyKey{}).([]byte)
	whole := object{}
	if json.Unmarshal(raw, &whole) != nil {
		return nil, false
	}
	inner, ok := whole[name].(object)
	return inner, ok && len(whole) == 1
}

// asTold reports whether Content-Type is what the tables call mandatory:
// application/json;charset=utf8.
func asTold(r *http.Request) bool {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/json" && strings.EqualFold(params["charset"], "utf8")
}

// only reports whether an object has no other fields than these.
func only(o object, names ...string) bool {
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for name := range o {
		if !known[name] {
			return false
		}
	}
	return true
}
