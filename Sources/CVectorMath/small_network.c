#include "scalar_math.h"
#include "vector_math.h"

/* A fully connected network of at most eight neurons a layer: every layer fills one row of eight lanes, so that a
   whole layer is one vector on most processors. Lanes beyond a layer's width hold zeros. */
#define LANES 8

INLINE void activate(float *row, long width, int activation) {
    switch (activation) {
    case 1:
        for (int lane = 0; lane < LANES; lane++) row[lane] = tanh_scalar(row[lane]);
        break;
    case 2:
        for (int lane = 0; lane < LANES; lane++) row[lane] = row[lane] < 0 ? 0.0f : row[lane];
        break;
    case 3:
        for (int lane = 0; lane < LANES; lane++)
            row[lane] = lane < width ? sigmoid_scalar(row[lane]) : 0.0f;
        break;
    default: break;
    }
}

/* delta *= f'(x), from y = f(x) */
INLINE void slope(float *delta, const float *y, int activation) {
    switch (activation) {
    case 1:
        for (int lane = 0; lane < LANES; lane++) delta[lane] *= 1.0f - y[lane] * y[lane];
        break;
    case 2:
        for (int lane = 0; lane < LANES; lane++) delta[lane] = y[lane] > 0 ? delta[lane] : 0.0f;
        break;
    case 3:
        for (int lane = 0; lane < LANES; lane++) delta[lane] *= y[lane] * (1.0f - y[lane]);
        break;
    default: break;
    }
}

INLINE void forward(const float *input, const long *widths, long layers, int hidden, int output, const float *weights,
                    const float *biases, float (*rows)[LANES]) {
    memcpy(rows[0], input, sizeof rows[0]);
    for (long layer = 0; layer < layers; layer++) {
        const float *w = weights + layer * LANES * LANES;
        float sum[LANES];
        memcpy(sum, biases + layer * LANES, sizeof sum);
        for (long i = 0; i < widths[layer]; i++) {
            float x = rows[layer][i];
            for (int lane = 0; lane < LANES; lane++) sum[lane] += x * w[i * LANES + lane];
        }
        activate(sum, widths[layer + 1], layer == layers - 1 ? output : hidden);
        memcpy(rows[layer + 1], sum, sizeof sum);
    }
}

EVERY_PROCESSOR void vm_network_outputs(const float *inputs, long count, const long *widths, long layers, int hidden,
                                        int output, const float *weights, const float *biases, float *outputs) {
    float rows[VM_NETWORK_LAYERS + 1][LANES];
    for (long example = 0; example < count; example++) {
        forward(inputs + example * LANES, widths, layers, hidden, output, weights, biases, rows);
        outputs[example] = rows[layers][0];
    }
}

EVERY_PROCESSOR void vm_network_neurons(const float *inputs, long count, const long *widths, long layers, int hidden,
                                        int output, const float *weights, const float *biases, float *neurons) {
    float rows[VM_NETWORK_LAYERS + 1][LANES];
    for (long example = 0; example < count; example++) {
        forward(inputs + example * LANES, widths, layers, hidden, output, weights, biases, rows);
        memcpy(neurons + example * layers * LANES, rows[1], sizeof(float) * (size_t)(layers * LANES));
    }
}

EVERY_PROCESSOR void vm_network_gradient(const float *inputs, const float *targets, long count, const long *widths,
                                         long layers, int hidden, int output, const float *weights, const float *biases,
                                         float *dweights, float *dbiases) {
    float rows[VM_NETWORK_LAYERS + 1][LANES];
    for (long example = 0; example < count; example++) {
        forward(inputs + example * LANES, widths, layers, hidden, output, weights, biases, rows);
        float delta[LANES] = {0};
        delta[0] = rows[layers][0] - targets[example];
        slope(delta, rows[layers], output);
        for (long layer = layers - 1; layer >= 0; layer--) {
            const float *w = weights + layer * LANES * LANES;
            float *dw = dweights + layer * LANES * LANES;
            float below[LANES] = {0};
            for (int lane = 0; lane < LANES; lane++) dbiases[layer * LANES + lane] += delta[lane];
            for (long i = 0; i < widths[layer]; i++) {
                float x = rows[layer][i], sum = 0;
                float products[LANES];
                for (int lane = 0; lane < LANES; lane++) {
                    dw[i * LANES + lane] += x * delta[lane];
                    products[lane] = w[i * LANES + lane] * delta[lane];
                }
                /* A tree of sums: eight lanes in three additions. */
                for (int lane = 0; lane < 4; lane++) products[lane] += products[lane + 4];
                sum = (products[0] + products[2]) + (products[1] + products[3]);
                below[i] = sum;
            }
            if (layer == 0) break;
            slope(below, rows[layer], hidden);
            memcpy(delta, below, sizeof delta);
        }
    }
}

EVERY_PROCESSOR void vm_network_update(float *weights, float *biases, float *dweights, float *dbiases, float *alive,
                                       const long *widths, long layers, float rate, float count, int regularization,
                                       float regularization_rate) {
    float step = rate / count, shrink = rate * regularization_rate;
    for (long layer = 0; layer < layers; layer++) {
        for (int lane = 0; lane < LANES; lane++) {
            biases[layer * LANES + lane] -= step * dbiases[layer * LANES + lane];
            dbiases[layer * LANES + lane] = 0;
        }
        for (long i = 0; i < widths[layer]; i++) {
            float *w = weights + (layer * LANES + i) * LANES, *dw = dweights + (layer * LANES + i) * LANES;
            float *live = alive + (layer * LANES + i) * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                float before = w[lane] - step * dw[lane] * live[lane];
                float sign = before > 0 ? 1.0f : before < 0 ? -1.0f : 0.0f;
                /* The pull is that of the weight before this update, as the page has it. */
                float pull = regularization == 1 ? (w[lane] > 0 ? 1.0f : w[lane] < 0 ? -1.0f : 0.0f)
                             : regularization == 2 ? w[lane]
                                                   : 0.0f;
                float after = before - shrink * pull * live[lane];
                /* A weight that L1 pulls through zero stays there: the link is dead. */
                int dies = regularization == 1 && sign * after < 0;
                w[lane] = dies ? 0.0f : after;
                live[lane] = dies ? 0.0f : live[lane];
                dw[lane] = 0;
            }
        }
    }
}
