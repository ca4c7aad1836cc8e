#include "scalar_math.h"
#include "vector_math.h"

#define SQRT_2_OVER_PI 0.7978845608028654f
#define CUBIC 0.044715f

#define MAP(NAME, EXPRESSION)                                                                                          \
    EVERY_PROCESSOR void NAME(const float *restrict x, float *restrict y, long n) {                                    \
        for (long i = 0; i < n; i++) {                                                                                 \
            float v = x[i];                                                                                            \
            y[i] = (EXPRESSION);                                                                                       \
        }                                                                                                              \
    }

#define MAP_GRADIENT(NAME, EXPRESSION)                                                                                 \
    EVERY_PROCESSOR void NAME(const float *restrict x, const float *restrict dy, float *restrict dx, long n) {         \
        for (long i = 0; i < n; i++) {                                                                                 \
            float v = x[i];                                                                                            \
            dx[i] = dy[i] * (EXPRESSION);                                                                              \
        }                                                                                                              \
    }

/* 0.5 (1 + tanh u) = sigmoid(2u): no digits lost where tanh is near -1. */
INLINE float gelu_gate(float v) { return sigmoid_scalar(2.0f * SQRT_2_OVER_PI * (v + CUBIC * v * v * v)); }

/* e^-x, bounded so that it stays finite: with it 1 - sigmoid(x) = e^-x sigmoid(x) loses no digits where x is large. */
INLINE float exp_of_minus(float x) { return exp_scalar(x < -88.0f ? 88.0f : -x); }

INLINE float gelu_tanh_slope(float v) {
    float power = exp_of_minus(2.0f * SQRT_2_OVER_PI * (v + CUBIC * v * v * v));
    float gate = 1.0f / (1.0f + power);
    float inner = 2.0f * SQRT_2_OVER_PI * (1.0f + 3.0f * CUBIC * v * v);
    return gate + v * gate * (power * gate) * inner;
}

INLINE float gelu_erf_slope(float v) {
    float density = 0.3989422804014327f * exp_scalar(-0.5f * v * v);
    return 0.5f * (1.0f + erf_scalar(v * 0.7071067811865476f)) + v * density;
}

INLINE float silu_slope(float v) {
    float power = exp_of_minus(v);
    float s = 1.0f / (1.0f + power);
    return s * (1.0f + v * (power * s));
}

MAP(vm_exp, exp_scalar(v))
/* A comparison with NaN is false: written this way round, NaN stays NaN. */
MAP(vm_relu, v < 0 ? 0.0f : v)
MAP(vm_gelu_tanh, v *gelu_gate(v))
MAP(vm_gelu_erf, 0.5f * v * (1.0f + erf_scalar(v * 0.7071067811865476f)))
MAP(vm_silu, v *sigmoid_scalar(v))
MAP(vm_tanh, tanh_scalar(v))
MAP(vm_sigmoid, sigmoid_scalar(v))

MAP_GRADIENT(vm_relu_gradient, v <= 0 ? 0.0f : 1.0f)
MAP_GRADIENT(vm_gelu_tanh_gradient, gelu_tanh_slope(v))
MAP_GRADIENT(vm_gelu_erf_gradient, gelu_erf_slope(v))
MAP_GRADIENT(vm_silu_gradient, silu_slope(v))
/* These two know their slope from what they gave. */
MAP_GRADIENT(vm_tanh_gradient, 1.0f - v * v)
MAP_GRADIENT(vm_sigmoid_gradient, v * (1.0f - v))
