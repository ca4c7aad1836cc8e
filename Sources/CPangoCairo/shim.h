#ifndef GLASSFORMER_PANGOCAIRO_H
#define GLASSFORMER_PANGOCAIRO_H
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>
#endif
