#ifndef GLASSFORMER_OPENBLAS_H
#define GLASSFORMER_OPENBLAS_H
#include <cblas.h>
#endif
