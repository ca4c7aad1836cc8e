#include "scalar_math.h"
#include "vector_math.h"

/* A row times a matrix reads every number of the matrix once: memory sets the pace, and all that a kernel can do is
   to keep it busy. The matrix is read in four places at once, a quarter of its rows apart: four long streams, each of
   which the processor fetches ahead of (neighbouring rows give a third less), and sums in so many registers that
   none waits for another. */
enum { LANES = 16, STREAMS = 4, COLUMNS = 4096 };
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float))));

INLINE float sum_of(const lanes *v) {
    float part[LANES];
    memcpy(part, v, sizeof part);
    for (int width = LANES / 2; width > 0; width /= 2)
        for (int lane = 0; lane < width; lane++) part[lane] += part[lane + width];
    return part[0];
}

/* y[r] = keep y[r] + scale x · w[r] for so many rows, `apart` from each other */
INLINE void dot_rows(const float *x, const float *w, long stride, float scale, float keep, float *y, int rows,
                     long apart, long n) {
    lanes sums[STREAMS] = {0};
    long i = 0;
    for (; i + LANES <= n; i += LANES) {
        const lanes *v = (const lanes *)(x + i);
        for (int r = 0; r < rows; r++) sums[r] += *v * *(const lanes *)(w + r * apart * stride + i);
    }
    for (int r = 0; r < rows; r++) {
        float sum = sum_of(&sums[r]);
        for (long k = i; k < n; k++) sum += x[k] * w[r * apart * stride + k];
        float *to = y + r * apart;
        *to = keep == 0 ? scale * sum : keep * *to + scale * sum;
    }
}

EVERY_PROCESSOR void vm_row_dot_rows(const float *x, const float *w, long stride, float scale, float keep, float *y,
                                     long rows, long n) {
    long apart = rows / STREAMS;
    for (long r = 0; r < apart; r++) dot_rows(x, w + r * stride, stride, scale, keep, y + r, STREAMS, apart, n);
    for (long r = apart * STREAMS; r < rows; r++) dot_rows(x, w + r * stride, stride, scale, keep, y + r, 1, 0, n);
}

/* y += scale x · w over so many rows of w, `apart` from each other; some columns */
INLINE void add_rows(const float *x, const float *w, long stride, float scale, float *y, int rows, long apart,
                     long columns) {
    float a[STREAMS];
    for (int r = 0; r < rows; r++) a[r] = scale * x[r * apart];
    long c = 0;
    for (; c + LANES <= columns; c += LANES) {
        lanes sum = a[0] * *(const lanes *)(w + c);
        for (int r = 1; r < rows; r++) sum += a[r] * *(const lanes *)(w + r * apart * stride + c);
        *(lanes *)(y + c) += sum;
    }
    for (; c < columns; c++) {
        float sum = a[0] * w[c];
        for (int r = 1; r < rows; r++) sum += a[r] * w[r * apart * stride + c];
        y[c] += sum;
    }
}

EVERY_PROCESSOR void vm_row_times_rows(const float *x, const float *w, long stride, float scale, float keep, float *y,
                                       long rows, long columns) {
    long apart = rows / STREAMS;
    for (long c = 0; c < columns; c++) y[c] = keep == 0 ? 0 : keep * y[c];
    /* As many columns at a time as keep their sums in the first cache. */
    for (long first = 0; first < columns; first += COLUMNS) {
        long width = first + COLUMNS < columns ? COLUMNS : columns - first;
        for (long r = 0; r < apart; r++)
            add_rows(x + r, w + r * stride + first, stride, scale, y + first, STREAMS, apart, width);
        for (long r = apart * STREAMS; r < rows; r++)
            add_rows(x + r, w + r * stride + first, stride, scale, y + first, 1, 0, width);
    }
}
