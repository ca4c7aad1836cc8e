# The commands of the project; see CONTRIBUTING.md. Everything works without a terminal and never asks.
#   make demo      builds, draws two sentences, writes the book, and says where they are
#   make test      builds and runs every test
#   make lint      checks the format
#   make docs      builds the documentation; a warning is an error
#   make check     all of these
#   make install PREFIX=/usr/local

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=

# One set of flags for everything, so that the program, the demo and the tests share one build.
# Tests look inside the modules, hence the testing flag.
FLAGS := -c release -Xswiftc -enable-testing
# scripts/bootstrap puts a description of Pango there that SwiftPM takes without a warning.
export PKG_CONFIG_PATH := $(CURDIR)/.build/pkgconfig$(if $(PKG_CONFIG_PATH),:$(PKG_CONFIG_PATH))

BINARY = $(shell swift build $(FLAGS) --show-bin-path)/glassformer
LIBRARIES := Wording Tensors Tracing Drawing Tokenizers Rendering Models Training Figures Lessons

.PHONY: demo build test lint docs check install bootstrap clean

bootstrap:
	@scripts/bootstrap

build: bootstrap
	swift build $(FLAGS)

demo: build
	@scripts/demo "$(BINARY)"

test: bootstrap
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

lint:
	swift format lint --strict --parallel --configuration .swift-format --recursive Sources Tests Package.swift

docs: bootstrap
	@mkdir -p .build/docs
	@for library in $(LIBRARIES); do \
		swift package --allow-writing-to-directory .build/docs generate-documentation --target $$library \
			--warnings-as-errors --disable-parameters-and-returns-validation --output-path .build/docs/$$library || exit 1; \
	done
	@echo "the documentation: .build/docs"

check: lint test docs demo

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/glassformer/fixtures"
	install -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/glassformer"
	cp -R lessons "$(DESTDIR)$(PREFIX)/share/glassformer/"
	cp -R fixtures/models fixtures/recipes fixtures/corpora "$(DESTDIR)$(PREFIX)/share/glassformer/fixtures/"

clean:
	swift package clean
