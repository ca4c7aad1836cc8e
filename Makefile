# The commands of the project; see CONTRIBUTING.md. Everything works without a terminal and never asks.
#   make demo      builds, draws two sentences, writes the book and the live page, and says where they are
#   make test      builds and runs every test
#   make lint      checks the format
#   make web       builds the program for the live page (`glassformer page` puts it into one file), and writes output/web:
#                  the book and the live pages of every model and chapter, for a static host
#   make docs      builds the documentation; a warning is an error
#   make gallery   every figure of every kind of subject as one page, and what differs from what was kept
#   make goldens   keeps what figures are now, once they have been looked at
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
LIBRARIES := Wording Reading Tensors Tracing Drawing Tokenizers Rendering Models Training Figures Archives Decks Subjects \
	Workbooks Worksheets Pages Page Lessons

.PHONY: demo build web test lint docs gallery goldens check install bootstrap clean

bootstrap:
	@scripts/bootstrap

build: bootstrap
	swift build $(FLAGS)

# Where the page's program cannot be built, one line says what is missing, and the exit is 3; that it does not compile
# is another failure, which ends `make test` too.
web: bootstrap
	@scripts/web install
	scripts/web build
	swift build $(FLAGS)
	"$(BINARY)" lessons build --out output/web/book
	"$(BINARY)" page --all --force --out output/web

# The page's program is built beside the rest, on another core; without it the demo has no page.
demo: bootstrap
	@scripts/web install
	@scripts/web build & swift build $(FLAGS) && { wait $$! || [ $$? -eq 3 ]; }
	@scripts/demo "$(BINARY)"

# The page's program need not be small to be tested, and is built beside the tests.
test: bootstrap
	@scripts/web install
	@scripts/web build -Onone & swift build $(FLAGS) --build-tests && { wait $$! || [ $$? -eq 3 ]; }
	swift test $(FLAGS) --skip-build

lint:
	swift format lint --strict --parallel --configuration .swift-format --recursive Sources Tests web Package.swift

docs: bootstrap
	@mkdir -p .build/docs
	@for library in $(LIBRARIES); do \
		swift package --allow-writing-to-directory .build/docs generate-documentation --target $$library \
			--symbol-graph-minimum-access-level package --warnings-as-errors --disable-parameters-and-returns-validation --output-path .build/docs/$$library || exit 1; \
	done
	@echo "the documentation: .build/docs"

gallery: bootstrap
	swift build $(FLAGS) --product gallery-tool
	$$(swift build $(FLAGS) --show-bin-path)/gallery-tool page output/gallery

goldens: bootstrap
	swift build $(FLAGS) --product gallery-tool
	$$(swift build $(FLAGS) --show-bin-path)/gallery-tool goldens

check: lint test docs demo

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/glassformer/fixtures"
	install -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/glassformer"
	cp -R lessons "$(DESTDIR)$(PREFIX)/share/glassformer/"
	install -d "$(DESTDIR)$(PREFIX)/share/glassformer/web"
	install -m 644 web/*.html web/*.css web/*.js "$(DESTDIR)$(PREFIX)/share/glassformer/web/"
	! [ -f .build/web/glassformer.wasm ] || \
		install -m 644 .build/web/glassformer.wasm "$(DESTDIR)$(PREFIX)/share/glassformer/web/"
	cp -R fixtures/models fixtures/recipes fixtures/corpora "$(DESTDIR)$(PREFIX)/share/glassformer/fixtures/"

clean:
	swift package clean
