/* What a page offers in place of an operating system: a C library's functions, and what its script answers. */
#ifndef GLASSFORMER_PAGE_H
#define GLASSFORMER_PAGE_H

#include <math.h>
#include <string.h>

#define FROM_SCRIPT(name) __attribute__((import_module("page"), import_name(name)))

/* performance.now() */
FROM_SCRIPT("milliseconds") double page_milliseconds(void);

/* A line of text in a font, as the page's canvas measures it: five numbers in the order of `measureText`: the width,
   the ink above and below the baseline, the ink to the left and to the right of the origin. */
FROM_SCRIPT("measure")
void page_measure(const unsigned char *text, int count, int family, double size, int weight, int italic, double *to);

#endif
