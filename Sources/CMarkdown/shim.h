#ifndef GLASSFORMER_CMARKDOWN_H
#define GLASSFORMER_CMARKDOWN_H
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#endif
