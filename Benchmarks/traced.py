"""A random GPT-2 small, every step recorded: this project and TransformerLens in turns, medians of 15.

    swift build -c release --package-path Benchmarks
    python3 Benchmarks/traced.py [FOLDER]

FOLDER keeps the checkpoint (made if it is not there). Needs torch and transformers; TransformerLens before version 4
(`pip install 'transformer_lens<4'`) or, without it, only this project is measured. Both use every core.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import GPT2Config, GPT2LMHeadModel

folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir() + "/gpt2-small")
binary = Path(__file__).parent / ".build/release/traced"
torch.set_grad_enabled(False)
torch.manual_seed(0)
TINY = folder / "tiny"
for path, config in [
    (folder, GPT2Config()),
    (TINY, GPT2Config(n_layer=2, n_embd=64, n_head=4, vocab_size=100, n_positions=32, bos_token_id=0, eos_token_id=0)),
]:
    if not (path / "config.json").exists():
        GPT2LMHeadModel(config).save_pretrained(path)


def peak(process="self"):
    """Peak of a process's resident memory, in megabytes."""
    return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{process}/status") if line.startswith("VmHWM"))


class Ours:
    def __init__(self, path):
        self.process = subprocess.Popen(
            [binary, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __call__(self, request):
        self.process.stdin.write(request + "\n")
        return float(self.process.stdout.readline())


def theirs(layers, width, heads, vocabulary, context):
    try:
        from transformer_lens import HookedTransformer, HookedTransformerConfig
    except ImportError:
        return None
    model = HookedTransformer(HookedTransformerConfig(
        n_layers=layers, d_model=width, n_heads=heads, d_head=width // heads, d_mlp=4 * width, d_vocab=vocabulary,
        n_ctx=context, act_fn="gelu_new", normalization_type="LN", seed=0))

    def run(tokens, burst):
        ids = torch.arange(tokens)[None] * 7919 % vocabulary
        times = []
        for _ in range(burst):
            start = time.perf_counter()
            model.run_with_cache(ids)
            times.append((time.perf_counter() - start) * 1e3)
        return statistics.median(times)
    return run


def compare(name, ours, run, tokens, rounds, burst=1):
    times = {"ours": [], "theirs": []}
    for turn in range(rounds + 2):
        mine = ours(f"trace {tokens} {burst}")
        other = run(tokens, burst) if run else float("nan")
        if turn >= 2:
            times["ours"].append(mine)
            times["theirs"].append(other)
    mine, other = (statistics.median(times[key]) for key in ("ours", "theirs"))
    print(f"{name}: {mine:.2f} ms, TransformerLens {other:.2f} ms, ratio {mine / other:.3f}", flush=True)


def generate(ours, count=64):
    """A token reads every weight once: what memory allows is how often a sum over as many numbers can be taken."""
    numbers = torch.ones(sum(tensor.numel() for tensor in load_file(folder / "model.safetensors").values()))
    rates, limits = [], []
    for turn in range(9):
        rates.append(count * 1e3 / ours(f"generate {count}"))
        start = time.perf_counter()
        for _ in range(count):
            numbers.sum()
        limits.append(count / (time.perf_counter() - start))
    rate, limit = statistics.median(rates), statistics.median(limits)
    share = statistics.median(rate / limit for rate, limit in zip(rates, limits))
    print(f"greedy generation: {rate:.1f} tokens a second of {limit:.1f} "
          f"({limit * numbers.numel() * 4e-9:.1f} GB/s), share {share:.2f}", flush=True)


small = Ours(folder)
before = peak()
run = theirs(12, 768, 12, 50257, 1024)
compare("GPT-2 small, 64 tokens", small, run, 64, 15)
compare("GPT-2 small, 256 tokens", small, run, 256, 15)
print(f"peak memory: {peak(small.process.pid):.0f} MB, TransformerLens {peak():.0f} MB (of it Python {before:.0f})")
generate(small)
compare("2 layers, width 64, 16 tokens", Ours(TINY), theirs(2, 64, 4, 100, 32), 16, 15, burst=15)
