// Package apply brings about on a live Keystone what federation.yaml describes:
// domains, projects, groups and their roles, mappings, identity providers and
// protocols.
//
// Application credentials for OAuth 2.0 clients are made as their own users, and
// rotated; PlanCredential plans those of one client, and Execute makes them.
//
// It may import finding, input, pattern, platform, secret, spec and keystone. It promises:
//
//   - Plan only reads, and finds everything that cannot work before anything is
//     changed.
//   - Execute opens a way in last: the mapping comes before the identity provider,
//     and the identity provider before the protocol. Where an issuer and what it
//     may do change together, the identity provider is closed first. So a run
//     that ends in the middle leaves nobody trusted with the wrong rules. Changes
//     that do not need each other are made side by side.
//   - A repeated run goes on where the last one ended, and changes nothing when
//     nothing differs. Two runs at once end as one does.
//   - What is made bears a mark in its description (docs/adr/0011-marks.md). Nothing
//     is deleted but what bears the description's own name, and that only when the
//     caller asks for it. An identity provider that somebody else made is not
//     changed unasked. Domains, projects and groups that are there already are used
//     as they are.
//   - A secret is in a file for its owner alone before Keystone is told of it, and
//     nowhere else: not in a Change, a report or an error.
package apply
