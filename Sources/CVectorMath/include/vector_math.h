/* Element-wise and row-wise float32 kernels, compiled once for every kind of processor that we
   know and chosen at run time. All sizes are counts of floats; rows are contiguous. */
#ifndef GLASSFORMER_VECTOR_MATH_H
#define GLASSFORMER_VECTOR_MATH_H

#if defined(__cplusplus)
extern "C" {
#endif

/* y = f(x) */
void vm_exp(const float *x, float *y, long n);
void vm_relu(const float *x, float *y, long n);
void vm_gelu_tanh(const float *x, float *y, long n);
void vm_gelu_erf(const float *x, float *y, long n);
void vm_silu(const float *x, float *y, long n);
void vm_tanh(const float *x, float *y, long n);
void vm_sigmoid(const float *x, float *y, long n);

/* dx = dy * f'(x), of tanh and sigmoid by y = f(x) */
void vm_relu_gradient(const float *x, const float *dy, float *dx, long n);
void vm_gelu_tanh_gradient(const float *x, const float *dy, float *dx, long n);
void vm_gelu_erf_gradient(const float *x, const float *dy, float *dx, long n);
void vm_silu_gradient(const float *x, const float *dy, float *dx, long n);
void vm_tanh_gradient(const float *y, const float *dy, float *dx, long n);
void vm_sigmoid_gradient(const float *y, const float *dy, float *dx, long n);

/* z = x + y, z = x * y, y = a * x, y += a * x */
void vm_add(const float *x, const float *y, float *z, long n);
void vm_multiply(const float *x, const float *y, float *z, long n);
void vm_scale(const float *x, float a, float *y, long n);
void vm_accumulate(const float *x, float a, float *y, long n);
void vm_sum_rows(const float *x, float *row, long rows, long columns);
double vm_sum(const float *x, long n);
double vm_sum_of_squares(const float *x, long n);

/* Rows of y = softmax of rows of x; minus infinity becomes an exact zero. */
void vm_softmax(const float *x, float *y, long rows, long columns);
void vm_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long columns);

/* y = x where column <= columns - queries + row % queries, else value */
void vm_causal_mask(const float *x, float value, float *y, long rows, long queries, long columns);

/* scale[r] = sqrt(var(x[r]) + epsilon), population variance;  y = (x - mean) / scale * gain + bias */
void vm_layer_norm_scale(const float *x, float epsilon, float *scale, long rows, long columns);
void vm_layer_norm(const float *x, const float *scale, const float *gain, const float *bias, float *y, long rows,
                   long columns);
/* Tells the processor that a loop only waits. */
static inline void vm_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* scale[r] = sqrt(mean(x[r]²) + epsilon);  y = x / scale * gain */
void vm_rms_norm_scale(const float *x, double epsilon, float *scale, long rows, long columns);
void vm_rms_norm(const float *x, const float *scale, const float *gain, float *y, long rows, long columns);
/* Rotary positions for rows first ..< end of x [text, position, head, width]; sign -1 turns back. */
void vm_rotate(const float *x, const float *cosines, const float *sines, float sign, float *y, long first, long end,
               long heads, long positions, long width);
/* Adds to dgain and dbias; writes dx and dscale, scale held as an input of its own. */
void vm_layer_norm_gradient(const float *x, const float *scale, const float *gain, const float *dy, float *dx,
                            float *dscale, float *dgain, float *dbias, long rows, long columns);
void vm_layer_norm_scale_gradient(const float *x, const float *scale, const float *dscale, float *dx, long rows,
                                  long columns);

/* losses[r] = -log softmax(x[r])[target[r]], 0 where the target is negative */
void vm_cross_entropy(const float *x, const int *target, float *losses, long rows, long columns);
/* dx[r] = factor * (softmax(x[r]) - onehot(target[r])), 0 where the target is negative */
void vm_cross_entropy_gradient(const float *x, const int *target, float factor, float *dx, long rows, long columns);

/* One step of AdamW (Loshchilov & Hutter 2019): moments m and v, decoupled decay. */
void vm_adam(float *parameter, const float *gradient, float *m, float *v, float rate, float beta1, float beta2,
             float epsilon, float correction1, float correction2, float decay, long n);

/* y = the nearest float16 or bfloat16, ties to even, kept as floats */
void vm_round_float16(const float *x, float *y, long n);
void vm_round_bfloat16(const float *x, float *y, long n);

/* y = the numbers that lie in x, at any address, as binary16, bfloat16 or binary64 */
void vm_from_float16(const void *x, float *y, long n);
void vm_from_bfloat16(const void *x, float *y, long n);
void vm_from_float64(const void *x, float *y, long n);

/* y = x with rows and columns exchanged; x holds rows from `first` to `last` of `rows` */
void vm_transpose(const float *x, float *y, long first, long last, long rows, long columns);

/* One row times a matrix, whose rows are `stride` apart; y is not read where keep is 0.
   y[r] = keep y[r] + scale sum_i x[i] w[r][i], of `rows` rows of n;
   y[c] = keep y[c] + scale sum_r x[r] w[r][c], of `rows` rows of so many columns */
void vm_row_dot_rows(const float *x, const float *w, long stride, float scale, float keep, float *y, long rows, long n);
void vm_row_times_rows(const float *x, const float *w, long stride, float scale, float keep, float *y, long rows,
                       long columns);

/* y = scale x w + keep y: x is rows by inner, w inner by columns, after transposition where asked; rows are `stride`
   apart, and y is not read where keep is 0. */
void vm_product(const float *x, long x_stride, int x_transposed, const float *w, long w_stride, int w_transposed,
                float *y, long y_stride, long rows, long columns, long inner, float scale, float keep);

/* The same for at most so many columns and terms of a sum; the terms are added in order. */
#define VM_NARROW_COLUMNS 8
#define VM_NARROW_TERMS 64
void vm_narrow_product(const float *x, long x_stride, int x_transposed, const float *w, long w_stride, int w_transposed,
                       float *y, long y_stride, long rows, long columns, long inner, float scale, float keep);

#if defined(__cplusplus)
}
#endif
#endif
