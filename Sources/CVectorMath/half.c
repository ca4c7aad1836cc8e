#include "scalar_math.h"
#include "vector_math.h"

INLINE uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

INLINE float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The nearest float16 (IEEE 754 binary16), ties to even, as a float. */
INLINE float to_float16(float x) {
    uint32_t bits = bits_of(x), sign = bits & 0x80000000u, size = bits & 0x7FFFFFFFu;
    /* Below 2^-14 the steps are 2^-24 everywhere: what a float between a half and one resolves. */
    float magnitude = float_of(size);
    float small = (magnitude + 0.5f) - 0.5f;
    uint32_t rounded = (size + 0x0FFFu + ((size >> 13) & 1u)) & ~0x1FFFu;
    uint32_t result = size < 0x38800000u ? bits_of(small) : rounded;
    /* From 65520 on there is no float16 but infinity. */
    result = size >= 0x477FF000u ? 0x7F800000u : result;
    result = size > 0x7F800000u ? size : result;
    return float_of(sign | result);
}

/* The nearest bfloat16, ties to even: a float that keeps seven bits of its fraction. */
INLINE float to_bfloat16(float x) {
    uint32_t bits = bits_of(x), size = bits & 0x7FFFFFFFu;
    uint32_t rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) & 0xFFFF0000u;
    return float_of(size > 0x7F800000u ? bits : rounded);
}

EVERY_PROCESSOR void vm_round_float16(const float *restrict x, float *restrict y, long n) {
    for (long i = 0; i < n; i++) y[i] = to_float16(x[i]);
}

EVERY_PROCESSOR void vm_round_bfloat16(const float *restrict x, float *restrict y, long n) {
    for (long i = 0; i < n; i++) y[i] = to_bfloat16(x[i]);
}

/* A binary16: its fraction and exponent moved to a float's places, then scaled by 2^112, the difference of the biases;
   numbers below the normal ones come out right by themselves. */
INLINE float from_float16(uint16_t half) {
    uint32_t size = half & 0x7FFFu;
    uint32_t bits = bits_of(float_of(size << 13) * 0x1p112f);
    bits = size >= 0x7C00u ? 0x7F800000u | (size & 0x3FFu) << 13 : bits;
    return float_of(bits | (uint32_t)(half & 0x8000u) << 16);
}

EVERY_PROCESSOR void vm_from_float16(const void *restrict x, float *restrict y, long n) {
    for (long i = 0; i < n; i++) {
        uint16_t half;
        __builtin_memcpy(&half, (const char *)x + 2 * i, 2);
        y[i] = from_float16(half);
    }
}

EVERY_PROCESSOR void vm_from_bfloat16(const void *restrict x, float *restrict y, long n) {
    for (long i = 0; i < n; i++) {
        uint16_t half;
        __builtin_memcpy(&half, (const char *)x + 2 * i, 2);
        y[i] = float_of((uint32_t)half << 16);
    }
}

EVERY_PROCESSOR void vm_from_float64(const void *restrict x, float *restrict y, long n) {
    for (long i = 0; i < n; i++) {
        double number;
        __builtin_memcpy(&number, (const char *)x + 8 * i, 8);
        y[i] = (float)number;
    }
}

#define TILE 16

/* By tiles, so that neither side leaves the cache between two cells of a line. */
EVERY_PROCESSOR void vm_transpose(const float *restrict x, float *restrict y, long first, long last, long rows,
                                  long columns) {
    for (long top = first; top < last; top += TILE) {
        long bottom = top + TILE < last ? top + TILE : last;
        for (long left = 0; left < columns; left += TILE) {
            long right = left + TILE < columns ? left + TILE : columns;
            for (long column = left; column < right; column++)
                for (long row = top; row < bottom; row++) y[column * rows + row] = x[row * columns + column];
        }
    }
}
