// Package watch runs a probe again and again, keeps what the last runs have
// found, and shows it as metrics of Prometheus, as lines of JSON and, where
// something has changed, in words.
//
// It promises that two runs are never under way at once, that an issuer which
// asks for a pause has it, that its memory does not grow with time, and that a
// metric's labels come from the description and from closed sets: nothing of an
// answer becomes a label. What it serves over HTTP holds no secret, no user and
// no project.
//
// It may import probe, probe/symptom and keystone.
package watch
