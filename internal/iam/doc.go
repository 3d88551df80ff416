// Package iam brings about at a cloud's own identity service what federation.yaml
// describes: the IAM of Open Telekom Cloud and Huawei Cloud, which speaks Keystone's
// API with an addition of its own, the OpenID Connect configuration, and has no httpd.
//
// It may import finding, input, secret, oidc, spec, keystone and apply. It promises:
//
//   - Only what is published is sent: paths, headers and fields are those of
//     opentelekomcloud-docs/identity-access-management, api-ref; each request names
//     its page.
//   - Plan only reads, and refuses at its place what the service's mapping cannot say.
//   - What opens a way in comes last: the mapping, the identity provider, its OpenID
//     Connect configuration, the protocol. Where the issuer and the rules change
//     together, the identity provider is disabled in between.
//   - The service is given a copy of the issuer's keys and never asks for them again.
//     CheckKeys holds the copy against the issuer.
package iam
