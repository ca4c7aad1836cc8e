#ifndef GLASSFORMER_XLSXWRITER_H
#define GLASSFORMER_XLSXWRITER_H
#include <xlsxwriter.h>
#endif
