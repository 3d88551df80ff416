package platform

import "slices"

// Targets that are a cloud's own identity service: no httpd stands before them, no
// file of theirs can be written, and OpenID Connect is set up by their own API
// (docs/iam.md).
const (
	HuaweiIAM = "huawei-iam" // IAM of Huawei Cloud
	OTCIAM    = "otc-iam"    // IAM of Open Telekom Cloud
)

// ServiceNames lists the targets that are services, sorted. Names has none of them.
func ServiceNames() []string { return []string{HuaweiIAM, OTCIAM} }

// IsService reports whether a target of that name is a service.
func IsService(name string) bool { return slices.Contains(ServiceNames(), name) }
