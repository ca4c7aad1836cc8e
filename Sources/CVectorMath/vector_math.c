#include "vector_math.h"
#include "scalar_math.h"

/* Sums may be taken in any order: that is what lets them run in vectors. */
#pragma clang fp reassociate(on)

EVERY_PROCESSOR void vm_add(const float *restrict x, const float *restrict y, float *restrict z, long n) {
    for (long i = 0; i < n; i++) z[i] = x[i] + y[i];
}

EVERY_PROCESSOR void vm_multiply(const float *restrict x, const float *restrict y, float *restrict z, long n) {
    for (long i = 0; i < n; i++) z[i] = x[i] * y[i];
}

EVERY_PROCESSOR void vm_scale(const float *restrict x, float a, float *restrict y, long n) {
    for (long i = 0; i < n; i++) y[i] = a * x[i];
}

EVERY_PROCESSOR void vm_accumulate(const float *restrict x, float a, float *restrict y, long n) {
    for (long i = 0; i < n; i++) y[i] += a * x[i];
}

EVERY_PROCESSOR void vm_causal_mask(const float *restrict x, float value, float *restrict y, long rows, long queries,
                                    long columns) {
    for (long r = 0; r < rows; r++) {
        long visible = columns - queries + r % queries + 1;
        memcpy(y + r * columns, x + r * columns, (size_t)visible * sizeof(float));
        for (long c = visible; c < columns; c++) y[r * columns + c] = value;
    }
}

EVERY_PROCESSOR void vm_sum_rows(const float *restrict x, float *restrict row, long rows, long columns) {
    memset(row, 0, (size_t)columns * sizeof(float));
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < columns; c++) row[c] += x[r * columns + c];
}

EVERY_PROCESSOR double vm_sum(const float *x, long n) {
    double sum = 0;
    for (long i = 0; i < n; i++) sum += x[i];
    return sum;
}

EVERY_PROCESSOR double vm_sum_of_squares(const float *x, long n) {
    double sum = 0;
    for (long i = 0; i < n; i++) sum += (double)x[i] * x[i];
    return sum;
}

/* NaN is passed over. Lanes of their own, because a compiler may not reorder the comparisons of one. */
INLINE float row_maximum(const float *x, long n) {
    enum { lanes = 16 };
    float tops[lanes], top = -__builtin_inff();
    for (int lane = 0; lane < lanes; lane++) tops[lane] = top;
    long i = 0;
    for (; i + lanes <= n; i += lanes)
        for (int lane = 0; lane < lanes; lane++) tops[lane] = x[i + lane] > tops[lane] ? x[i + lane] : tops[lane];
    for (; i < n; i++) top = x[i] > top ? x[i] : top;
    for (int lane = 0; lane < lanes; lane++) top = tops[lane] > top ? tops[lane] : top;
    return top;
}

/* Long sums keep their digits: floats inside a block, which runs in vectors, doubles from block to block. */
#define BLOCK 128
INLINE long block_end(long start, long n) { return start + BLOCK < n ? start + BLOCK : n; }

/* y = e^(x - top); the sum of those. */
INLINE double exp_row(const float *restrict x, float top, float *restrict y, long n) {
    double sum = 0;
    for (long start = 0; start < n; start += BLOCK) {
        long end = block_end(start, n);
        float part = 0;
        for (long i = start; i < end; i++) {
            float e = exp_scalar(x[i] - top);
            y[i] = e;
            part += e;
        }
        sum += part;
    }
    return sum;
}

INLINE double exp_sum(const float *x, float top, long n) {
    double sum = 0;
    for (long start = 0; start < n; start += BLOCK) {
        long end = block_end(start, n);
        float part = 0;
        for (long i = start; i < end; i++) part += exp_scalar(x[i] - top);
        sum += part;
    }
    return sum;
}

/* In doubles: where the mean is far from zero, float sums would lose the digits that the variance is made of. */
INLINE float row_mean(const float *x, long n) {
    double sum = 0;
    for (long i = 0; i < n; i++) sum += x[i];
    return (float)(sum * (1.0 / (double)n));
}

INLINE float row_variance(const float *x, float mean, long n) {
    double sum = 0;
    for (long i = 0; i < n; i++) {
        float centred = x[i] - mean;
        sum += centred * centred;
    }
    return (float)(sum * (1.0 / (double)n));
}

EVERY_PROCESSOR void vm_softmax(const float *restrict x, float *restrict y, long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float *out = y + r * columns;
        float share = (float)(1.0 / exp_row(in, row_maximum(in, columns), out, columns));
        for (long c = 0; c < columns; c++) out[c] *= share;
    }
}

EVERY_PROCESSOR void vm_softmax_gradient(const float *restrict y, const float *restrict dy, float *restrict dx,
                                         long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *p = y + r * columns, *d = dy + r * columns;
        float dot = 0;
        for (long c = 0; c < columns; c++) dot += p[c] * d[c];
        for (long c = 0; c < columns; c++) dx[r * columns + c] = p[c] * (d[c] - dot);
    }
}

EVERY_PROCESSOR void vm_layer_norm_scale(const float *restrict x, float epsilon, float *restrict scale, long rows,
                                         long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        scale[r] = sqrtf(row_variance(in, row_mean(in, columns), columns) + epsilon);
    }
}

EVERY_PROCESSOR void vm_layer_norm(const float *restrict x, const float *restrict scale, const float *restrict gain,
                                   const float *restrict bias, float *restrict y, long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float mean = row_mean(in, columns), share = 1.0f / scale[r];
        for (long c = 0; c < columns; c++) y[r * columns + c] = (in[c] - mean) * share * gain[c] + bias[c];
    }
}

EVERY_PROCESSOR void vm_rms_norm_scale(const float *restrict x, double epsilon, float *restrict scale, long rows,
                                       long columns) {
    for (long r = 0; r < rows; r++) {
        double sum = 0;
        for (long c = 0; c < columns; c++) sum += (double)x[r * columns + c] * x[r * columns + c];
        scale[r] = (float)__builtin_sqrt(sum / (double)columns + epsilon);
    }
}

EVERY_PROCESSOR void vm_rms_norm(const float *restrict x, const float *restrict scale, const float *restrict gain,
                                 float *restrict y, long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        float share = 1.0f / scale[r];
        for (long c = 0; c < columns; c++) y[r * columns + c] = x[r * columns + c] * share * gain[c];
    }
}

/* Rows first ..< end; every position has `heads` of them. The halves of a row are turned against each other. */
EVERY_PROCESSOR void vm_rotate(const float *restrict x, const float *restrict cosines, const float *restrict sines,
                               float sign, float *restrict y, long first, long end, long heads, long positions,
                               long width) {
    long half = width / 2;
    for (long r = first; r < end; r++) {
        const float *c = cosines + r / heads % positions * width, *s = sines + r / heads % positions * width;
        const float *a = x + r * width, *b = a + half;
        float *p = y + r * width, *q = p + half;
        for (long i = 0; i < half; i++) {
            p[i] = a[i] * c[i] - sign * b[i] * s[i];
            q[i] = b[i] * c[i + half] + sign * a[i] * s[i + half];
        }
    }
}

EVERY_PROCESSOR void vm_layer_norm_gradient(const float *restrict x, const float *restrict scale,
                                            const float *restrict gain, const float *restrict dy, float *restrict dx,
                                            float *restrict dscale, float *restrict dgain, float *restrict dbias,
                                            long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns, *d = dy + r * columns;
        float mean = row_mean(in, columns), share = 1.0f / scale[r], sum = 0, dot = 0;
        for (long c = 0; c < columns; c++) {
            float centred = in[c] - mean;
            sum += d[c] * gain[c];
            dot += d[c] * gain[c] * centred;
            dgain[c] += d[c] * centred * share;
            dbias[c] += d[c];
        }
        dscale[r] = -dot * share * share;
        float average = sum * share / (float)columns;
        for (long c = 0; c < columns; c++) dx[r * columns + c] = d[c] * gain[c] * share - average;
    }
}

EVERY_PROCESSOR void vm_layer_norm_scale_gradient(const float *restrict x, const float *restrict scale,
                                                  const float *restrict dscale, float *restrict dx, long rows,
                                                  long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float mean = row_mean(in, columns), factor = dscale[r] / (scale[r] * (float)columns);
        for (long c = 0; c < columns; c++) dx[r * columns + c] = (in[c] - mean) * factor;
    }
}

EVERY_PROCESSOR void vm_cross_entropy(const float *restrict x, const int *restrict target, float *restrict losses,
                                      long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float top = row_maximum(in, columns);
        double sum = exp_sum(in, top, columns);
        losses[r] = target[r] < 0 ? 0.0f : (float)(log(sum) + top - in[target[r]]);
    }
}

EVERY_PROCESSOR void vm_cross_entropy_gradient(const float *restrict x, const int *restrict target, float factor,
                                               float *restrict dx, long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float *out = dx + r * columns;
        if (target[r] < 0) {
            memset(out, 0, (size_t)columns * sizeof(float));
            continue;
        }
        float share = (float)(factor / exp_row(in, row_maximum(in, columns), out, columns));
        for (long c = 0; c < columns; c++) out[c] *= share;
        out[target[r]] -= factor;
    }
}

EVERY_PROCESSOR void vm_adam(float *restrict parameter, const float *restrict gradient, float *restrict m,
                             float *restrict v, float rate, float beta1, float beta2, float epsilon, float correction1,
                             float correction2, float decay, long n) {
    for (long i = 0; i < n; i++) {
        float g = gradient[i];
        m[i] = beta1 * m[i] + (1.0f - beta1) * g;
        v[i] = beta2 * v[i] + (1.0f - beta2) * g * g;
        float step = (m[i] / correction1) / (sqrtf(v[i] / correction2) + epsilon);
        parameter[i] = parameter[i] * (1.0f - rate * decay) - rate * step;
    }
}
