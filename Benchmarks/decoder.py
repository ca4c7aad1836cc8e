"""PyTorch's time for a training step of the same decoder: 4 layers, width 128, 4 heads, context 64, batch 32, AdamW.

python3 Benchmarks/decoder.py [VOCABULARY]
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(2)
VOCABULARY = int(sys.argv[1]) if len(sys.argv) > 1 else 100


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (t.view(batch, length, self.heads, -1).transpose(1, 2) for t in self.qkv(self.ln1(x)).split(width, 2))
        z = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(batch, length, width)
        x = x + self.out(z)
        return x + self.down(F.gelu(self.up(self.ln2(x)), approximate="tanh"))


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(VOCABULARY, 128), nn.Embedding(64, 128)
        self.blocks = nn.Sequential(*[Block(128, 4) for _ in range(4)])
        self.ln = nn.LayerNorm(128)
        self.head = nn.Linear(128, VOCABULARY, bias=False)
        self.head.weight = self.tokens.weight

    def forward(self, ids):
        return self.head(self.ln(self.blocks(self.tokens(ids) + self.positions.weight)))


model = Decoder()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
times = []
for _ in range(40):
    ids, targets = torch.randint(0, VOCABULARY, (2, 32, 64))
    start = time.perf_counter()
    loss = F.cross_entropy(model(ids).view(-1, VOCABULARY), targets.reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    times.append(time.perf_counter() - start)
times.sort()
print(f"training step: median {times[20] * 1e3:.1f} ms of {len(times)}")
