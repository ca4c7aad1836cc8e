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
