package register

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// way gives the way back to a registration; known is whether this description made it.
func (s *Store) way(id string) (way Handle, known bool) {
	e, known := s.kept.Clients[id]
	return Handle{URI: e.URI, Token: secret.New(e.Token)}, known
}

// keep notes the way that is good from now on, where it is another than before.
func (s *Store) keep(id string, way Handle, expires time.Time) error {
	e, known := s.kept.Clients[id]
	now := e
	now.URI, now.Token, now.Expires = way.URI, way.Token.Reveal(), expires
	if known && now == e {
		return nil
	}
	s.kept.Clients[id] = now
	return s.write()
}

func (s *Store) forget(id string) error {
	delete(s.kept.Clients, id)
	return s.write()
}

// begin notes that a registration will be asked for; made that it is there, under
// which id, and with what that is still to be brought to its place.
func (s *Store) begin(id string) error {
	s.kept.Begun[id] = time.Now().UTC().Truncate(time.Second)
	return s.write()
}

// Told forgets what was begun, once a person has been told of it and all that was
// wanted is there.
func (s *Store) Told() error {
	if len(s.kept.Begun) == 0 {
		return nil
	}
	s.kept.Begun = map[string]time.Time{}
	return s.write()
}

func (s *Store) made(was string, got Registration, way Handle) error {
	s.kept.Clients[got.ID] = entry{URI: way.URI, Token: way.Token.Reveal(), Expires: got.SecretExpires, Undelivered: got.Secret.Reveal(), Was: was}
	delete(s.kept.Begun, was)
	return s.write()
}

// delivered notes that the secret lies in its file and the id in the description.
func (s *Store) delivered(id string) error {
	e := s.kept.Clients[id]
	e.Undelivered, e.Was = "", ""
	s.kept.Clients[id] = e
	return s.write()
}

// arrived notes the same of a client that the description has under its new id: the
// id is written last, and the run ended before that was noted.
func (s *Store) arrived(id string) error {
	if s.kept.Clients[id].Was == "" {
		return nil
	}
	return s.delivered(id)
}

// undelivered gives the registration that was made for an id of the description and
// is not there yet; "" where there is none.
func (s *Store) undelivered(was string) (id string, made entry) {
	for id, e := range s.kept.Clients {
		if e.Was == was && was != "" {
			return id, e
		}
	}
	return "", entry{}
}

// ids are those of all registrations, in order.
func (s *Store) ids() []string { return slices.Sorted(maps.Keys(s.kept.Clients)) }

// trimLine takes one line break off the end.
func trimLine(text string) string {
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
}
