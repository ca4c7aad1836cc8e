#ifndef GLASSFORMER_FONTCONFIG_H
#define GLASSFORMER_FONTCONFIG_H
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#endif
