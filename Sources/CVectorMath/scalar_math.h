/* Branch-free scalar functions that the compiler turns into vectors when a loop calls them. */
#ifndef GLASSFORMER_SCALAR_MATH_H
#define GLASSFORMER_SCALAR_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EVERY_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

/* e^x, at most 1.2e-7 relative error; results below the smallest normal float are zero, so that a
   masked score (minus infinity) gets a probability of exactly zero. */
INLINE float exp_scalar(float x) {
    const float highest = 88.72283f, lowest = -87.33654f;
    float bounded = x > highest ? highest : x;
    bounded = bounded < lowest ? lowest : bounded;
    float n = __builtin_rintf(bounded * 1.44269504088896341f);
    float r = bounded - n * 0.693145751953125f;
    r = r - n * 1.42860682030941723212e-6f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    /* p 2^n by adding n to the exponent of p: 2^128 itself is no float, though p 2^128 may be one. */
    uint32_t bits;
    memcpy(&bits, &p, sizeof bits);
    bits += (uint32_t)(int32_t)n << 23;
    float result;
    memcpy(&result, &bits, sizeof result);
    result = x < lowest ? 0.0f : result;
    result = x > highest ? __builtin_inff() : result;
    return x != x ? x : result;
}

INLINE float sigmoid_scalar(float x) { return 1.0f / (1.0f + exp_scalar(-x)); }

/* tanh after Cephes: a polynomial near zero, where 1 - 2 / (e^2x + 1) would lose digits. */
INLINE float tanh_scalar(float x) {
    float z = x * x;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    float near_zero = p * z * x + x;
    float far = 1.0f - 2.0f / (exp_scalar(2.0f * fabsf(x)) + 1.0f);
    far = x < 0 ? -far : far;
    return fabsf(x) < 0.625f ? near_zero : far;
}

/* The error function, two minimax polynomials, at most 1.1e-7 relative error. */
INLINE float erf_scalar(float x) {
    float t = fabsf(x), s = x * x;
    float r = -1.72853470e-5f * t + 3.83197126e-4f;
    float u = -3.88396438e-3f * t + 2.42546219e-2f;
    r = r * s + u;
    r = r * t - 1.06777877e-1f;
    r = r * t - 6.34846687e-1f;
    r = r * t - 1.28717512e-1f;
    r = r * t - t;
    float far = 1.0f - exp_scalar(r);
    far = x < 0 ? -far : far;
    float p = -5.96761703e-4f;
    p = p * s + 4.99119423e-3f;
    p = p * s - 2.67681349e-2f;
    p = p * s + 1.12819925e-1f;
    p = p * s - 3.76125336e-1f;
    p = p * s + 1.28379166e-1f;
    float near_zero = p * x + x;
    return t > 0.927734375f ? far : near_zero;
}

#endif
