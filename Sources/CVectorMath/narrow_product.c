#include "scalar_math.h"
#include "vector_math.h"

/* Matrices so narrow that a row of the result is one vector: what small networks are made of. Every sum adds its terms
   in order, so that all who ask for the same product get the same bits. */
enum { COLUMNS = VM_NARROW_COLUMNS, TERMS = VM_NARROW_TERMS };

/* A full row, with zeros behind what there is. */
INLINE void copy_row(const float *from, long apart, long columns, float *to) {
    for (long j = 0; j < COLUMNS; j++) to[j] = j < columns ? from[j * apart] : 0;
}

EVERY_PROCESSOR void vm_narrow_product(const float *x, long x_stride, int x_transposed, const float *w, long w_stride,
                                       int w_transposed, float *y, long y_stride, long rows, long columns, long inner,
                                       float scale, float keep) {
    float full[TERMS * COLUMNS];
    const long down = w_transposed ? 1 : w_stride, across = w_transposed ? w_stride : 1;
    if (w_transposed || columns < COLUMNS) {
        for (long k = 0; k < inner; k++) copy_row(w + k * down, across, columns, full + k * COLUMNS);
        w = full;
        w_stride = COLUMNS;
    }
    const long step = x_transposed ? x_stride : 1, row_step = x_transposed ? 1 : x_stride;
    for (long i = 0; i < rows; i++) {
        float *row = y + i * y_stride;
        float sums[COLUMNS] = {0};
        if (keep != 0)
            for (long j = 0; j < columns; j++) sums[j] = keep * row[j];
        for (long k = 0; k < inner; k++) {
            const float factor = scale * x[i * row_step + k * step], *v = w + k * w_stride;
            for (int j = 0; j < COLUMNS; j++) sums[j] += factor * v[j];
        }
        if (columns == COLUMNS)
            memcpy(row, sums, sizeof sums);
        else
            for (long j = 0; j < columns; j++) row[j] = sums[j];
    }
}
