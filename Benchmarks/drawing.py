"""Three pictures, 1600 x 900, by this project and by matplotlib in turns: processor time after warm-up, medians of 9.

    swift build -c release --product gallery-tool
    python3 Benchmarks/drawing.py [PATH OF gallery-tool]

heads: twelve maps of 16 x 16 with the names of rows and columns; matrix: 4 x 64 numbers, written out; diagram: thirty
boxes with their names, joined by arrows. Needs matplotlib and numpy.
"""
import io
import statistics
import subprocess
import sys
import time
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.patches import FancyBboxPatch  # noqa: E402

TOOL = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parent.parent / ".build/release/gallery-tool")
random = np.random.default_rng(0)
MAPS, NUMBERS, NAMES = random.random((12, 16, 16)), random.uniform(-1, 1, (4, 64)), [f"t{i}" for i in range(16)]


def heads():
    figure, axes = plt.subplots(3, 4, figsize=(16, 9))
    for place, axis in enumerate(axes.flat):
        axis.imshow(MAPS[place])
        axis.set_title(f"H{place}")
        axis.set_xticks(range(16), NAMES, rotation=90, fontsize=6)
        axis.set_yticks(range(16), NAMES, fontsize=6)
    return figure


def matrix():
    figure, axis = plt.subplots(figsize=(16, 9))
    axis.imshow(NUMBERS, aspect="auto", cmap="RdBu")
    for (row, column), value in np.ndenumerate(NUMBERS):
        axis.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=6)
    return figure


def diagram():
    figure, axis = plt.subplots(figsize=(16, 9))
    axis.axis("off")
    for place in range(30):
        row, column = divmod(place, 6)
        axis.add_patch(FancyBboxPatch((column * 2, row * 2), 1.4, 1, boxstyle="round"))
        axis.text(column * 2 + 0.7, row * 2 + 0.5, f"box {place}", ha="center", va="center")
        if column < 5:
            axis.annotate(
                "", xy=(column * 2 + 2, row * 2 + 0.5), xytext=(column * 2 + 1.4, row * 2 + 0.5),
                arrowprops={"arrowstyle": "->"})
    axis.set_xlim(-1, 13)
    axis.set_ylim(-1, 11)
    return figure


def theirs(draw, kind):
    start = time.process_time()
    figure = draw()
    figure.savefig(io.BytesIO(), format=kind, dpi=100)
    plt.close(figure)
    return (time.process_time() - start) * 1000


tool = subprocess.Popen([TOOL, "times"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ours(name, kind):
    tool.stdin.write(f"{name} {kind}\n")
    tool.stdin.flush()
    return float(tool.stdout.readline())


for draw in (heads, matrix, diagram):
    for kind in ("svg", "png"):
        for _ in range(2):
            theirs(draw, kind), ours(draw.__name__, kind)
        pairs = [(theirs(draw, kind), ours(draw.__name__, kind)) for _ in range(9)]
        their, our = (statistics.median(times) for times in zip(*pairs))
        print(f"{draw.__name__} {kind}: matplotlib {their:.0f} ms, this project {our:.1f} ms, 1/{their / our:.0f}")
tool.stdin.close()
