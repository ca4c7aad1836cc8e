#ifndef GLASSFORMER_VECTOR_MATH_H
#define GLASSFORMER_VECTOR_MATH_H
void vm_exp(const float *x, float *y, long n);
#endif
