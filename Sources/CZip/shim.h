#ifndef GLASSFORMER_CZIP_H
#define GLASSFORMER_CZIP_H
#include <zip.h>
#endif
