#include "vector_math.h"
#include <math.h>
void vm_exp(const float *x, float *y, long n) { for (long i = 0; i < n; i++) y[i] = expf(x[i]); }
