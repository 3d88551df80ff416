SHELL      := /bin/bash
.DEFAULT_GOAL := help

VERSION     ?= $(shell git describe --tags --always --dirty 2>/dev/null)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0

##@ Start here

.PHONY: help
help: ## what can be made
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: build ## from federation.yaml to tokens of a real Keystone, in the lab
	@examples/quickstart/demo.sh

.PHONY: test
test: build ## every test, on the real programs (installs what is missing)
	@.ci/test

.PHONY: test-deep
test-deep: build ## the mapping engine against Keystone on 100 000 logins, the httpd parser against httpd on 10 000 trees, apply interrupted 50 times, render killed 1000 times, the quickstart by every strategy
	@.ci/test-deep

.PHONY: test-matrix
test-matrix: build ## tokens and logins on four Debian releases, into docs/compatibility.md (as root)
	@.ci/test-matrix

##@ While working

.PHONY: build
build: ## bin/fedstone
	@go build -ldflags '-s -w -X main.release=$(VERSION)' -o bin/fedstone ./cmd/fedstone

.PHONY: unit
unit: ## the tests that need no lab; those that do are skipped
	go test ./...

.PHONY: update
update: ## rewrite golden files and the samples in the documentation
	go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n1 dirname | sort -u) -update

.PHONY: lint
lint: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l cmd templates validate probe internal examples docs)" || { gofmt -d cmd templates validate probe internal examples docs; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...

.PHONY: vuln
vuln: ## govulncheck, where its database answers
	@.ci/vuln $(GOVULNCHECK)

.PHONY: fuzz
fuzz: ## each fuzz target for half a minute
	@.ci/fuzz 30s

.PHONY: bench
bench: build ## the numbers of docs/benchmarks.md, paired with the peers in one run
	@.ci/bench

.PHONY: generate
generate: ## directive tables, from each module version's own answers (needs root and debootstrap)
	go generate ./internal/platform
