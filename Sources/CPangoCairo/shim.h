#ifndef GLASSFORMER_PANGOCAIRO_H
#define GLASSFORMER_PANGOCAIRO_H
#include <cairo.h>
#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>
#include <zlib.h>
#endif
