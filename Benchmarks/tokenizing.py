"""How fast texts are encoded, beside PyPI's tiktoken and tokenizers, in one run, on one core each, medians of seven.

    cd Benchmarks && swift build -c release --product tokenizing && python3 tokenizing.py SHARED [.build/release/tokenizing]

SHARED is a folder with gpt2-encoder.json, gpt2-vocab.bpe and cl100k_base.tiktoken. The English is the documentation in Python's own library with the code
around it; the Chinese is made of common characters.
"""

import os
import pathlib
import random
import subprocess
import sys
import sysconfig
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tiktoken
import tiktoken.load
import tiktoken_ext.openai_public as public
from tokenizers import ByteLevelBPETokenizer

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "fixtures" / "tokenizers"))
sys.dont_write_bytecode = True
import agreement_text


def median(body):
    times = []
    for _ in range(7):
        start = time.perf_counter()
        result = body()
        times.append(time.perf_counter() - start)
    return sorted(times)[3], result


def english():
    import ast

    prose = []
    for path in sorted(pathlib.Path(sysconfig.get_path("stdlib")).glob("**/*.py")):
        try:
            tree = ast.parse(path.read_text())
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                prose.append(ast.get_docstring(node) or "")
        if sum(map(len, prose)) > 4_000_000:
            break
    return "\n\n".join(filter(None, prose))


def code():
    # Without special tokens, which GPT-2 recognises and `encode_ordinary` does not.
    return "\n".join(line.decode() for line in agreement_text.repository()).replace("<|", "< ")


def chinese():
    chance = random.Random(1)
    return "".join(chance.choice(agreement_text.HANZI) + ("，" if chance.random() < 0.08 else "。\n" if chance.random() < 0.03 else "") for _ in range(700_000))


def main():
    shared, command = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ".build/release/tokenizing"
    vocabulary, merges, ranks = shared / "gpt2-encoder.json", shared / "gpt2-vocab.bpe", shared / "cl100k_base.tiktoken"
    public.load_tiktoken_bpe = lambda *_, **__: tiktoken.load.load_tiktoken_bpe(str(ranks))
    gpt2 = tiktoken.Encoding(
        "gpt2", pat_str=public.r50k_pat_str, special_tokens={}, mergeable_ranks=tiktoken.load.data_gym_to_mergeable_bpe_ranks(str(merges), str(vocabulary)))
    cl100k = tiktoken.Encoding(**public.cl100k_base())
    library = ByteLevelBPETokenizer(str(vocabulary), str(merges))
    for name, text in [("English", english()), ("code", code()), ("Chinese", chinese())]:
        size = len(text.encode()) / 1e6
        with tempfile.NamedTemporaryFile("w", newline="") as file:
            file.write(text)
            file.flush()
            for kind, path, encoding in [("GPT-2", merges, gpt2), ("cl100k_base", ranks, cl100k)]:
                speed, count = subprocess.run([command, str(path), file.name], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
                speed = float(speed)
                seconds, ids = median(lambda: encoding.encode_ordinary(text))
                assert len(ids) == int(count), (len(ids), count)
                print(f"{name}, {size:.1f} MB, {kind}: {speed:.1f} MB/s; tiktoken {size / seconds:.1f} MB/s, ratio {speed * seconds / size:.1f}", end="")
                if kind == "GPT-2":
                    # The library is given lines, because one long text is slower than many.
                    lines = text.splitlines(keepends=True)
                    seconds, _ = median(lambda: [library.encode(line).ids for line in lines])
                    print(f"; tokenizers {size / seconds:.1f} MB/s, ratio {speed * seconds / size:.1f}", end="")
                print()


main()
