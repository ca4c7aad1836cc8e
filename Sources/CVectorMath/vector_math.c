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

EVERY_PROCESSOR void vm_fill_rows(const float *restrict row, float *restrict y, long rows, long columns) {
    for (long r = 0; r < rows; r++) memcpy(y + r * columns, row, (size_t)columns * sizeof(float));
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

INLINE float row_maximum(const float *x, long n) {
    float top = -__builtin_inff();
    for (long i = 0; i < n; i++) top = x[i] > top ? x[i] : top;
    return top;
}

EVERY_PROCESSOR void vm_softmax(const float *restrict x, float *restrict y, long rows, long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float *out = y + r * columns;
        float top = row_maximum(in, columns), sum = 0;
        for (long c = 0; c < columns; c++) {
            float e = exp_scalar(in[c] - top);
            out[c] = e;
            sum += e;
        }
        float share = 1.0f / sum;
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

INLINE float row_mean(const float *x, long n) {
    float sum = 0;
    for (long i = 0; i < n; i++) sum += x[i];
    return sum / (float)n;
}

EVERY_PROCESSOR void vm_layer_norm_scale(const float *restrict x, float epsilon, float *restrict scale, long rows,
                                         long columns) {
    for (long r = 0; r < rows; r++) {
        const float *in = x + r * columns;
        float mean = row_mean(in, columns), variance = 0;
        for (long c = 0; c < columns; c++) variance += (in[c] - mean) * (in[c] - mean);
        scale[r] = sqrtf(variance / (float)columns + epsilon);
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
        float top = row_maximum(in, columns), sum = 0;
        for (long c = 0; c < columns; c++) sum += exp_scalar(in[c] - top);
        losses[r] = target[r] < 0 ? 0.0f : logf(sum) + top - in[target[r]];
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
        float top = row_maximum(in, columns), sum = 0;
        for (long c = 0; c < columns; c++) {
            float e = exp_scalar(in[c] - top);
            out[c] = e;
            sum += e;
        }
        float share = factor / sum;
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
