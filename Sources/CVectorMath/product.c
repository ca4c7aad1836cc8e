#include "vector_math.h"

/* Plain loops: small matrices on one thread, for a page that has no BLAS. */
void vm_product(const float *x, long x_stride, int x_transposed, const float *w, long w_stride, int w_transposed,
                float *y, long y_stride, long rows, long columns, long inner, float scale, float keep) {
    for (long i = 0; i < rows; i++) {
        float *row = y + i * y_stride;
        if (w_transposed) {
            for (long j = 0; j < columns; j++) {
                const float *v = w + j * w_stride;
                float sums[4] = {0};
                long k = 0;
                if (!x_transposed)
                    for (; k + 4 <= inner; k += 4)
                        for (int n = 0; n < 4; n++) sums[n] += x[i * x_stride + k + n] * v[k + n];
                float sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
                for (; k < inner; k++) sum += (x_transposed ? x[k * x_stride + i] : x[i * x_stride + k]) * v[k];
                row[j] = (keep == 0 ? 0 : keep * row[j]) + scale * sum;
            }
        } else {
            for (long j = 0; j < columns; j++) row[j] = keep == 0 ? 0 : keep * row[j];
            for (long k = 0; k < inner; k++) {
                const float factor = scale * (x_transposed ? x[k * x_stride + i] : x[i * x_stride + k]);
                const float *v = w + k * w_stride;
                for (long j = 0; j < columns; j++) row[j] += factor * v[j];
            }
        }
    }
}
