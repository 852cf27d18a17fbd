#!/usr/bin/env python3
"""Checks the router's table and rebuilds the indices the program reads in place.

    tools/router_tables.py check      every hash, every size, every index against its text
    tools/router_tables.py build      writes the derived files (*.idx, en.scales) and SHA256SUMS anew

The program never parses vocab.txt, grams.txt or background.tsv: it reads the indices, which are open-addressed
hash tables of 8-byte slots (u32 check, u32 value + 1, little-endian; 0 = empty), so that starting costs nothing.
Only the standard library is used.
"""
import hashlib
import struct
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "router"
WRITTEN = ("SHA256SUMS", "packs.txt", "off-topic.txt")
DIMENSIONS = 192
MASK64 = (1 << 64) - 1
FNV_START, FNV_PRIME, MIX = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15


def feature_hash(text):
    """FNV-1a over the UTF-8 bytes, then mixed: the same as src/router/hash.rs."""
    state = FNV_START
    for byte in text.encode():
        state = ((state ^ byte) * FNV_PRIME) & MASK64
    state ^= state >> 32
    state = (state * MIX) & MASK64
    return state ^ (state >> 29)


def index(entries):
    """An open-addressed table at most 60 % full; linear probing from the low bits of the hash."""
    slots = 1024
    while slots * 6 < len(entries) * 10:
        slots *= 2
    table = [(0, 0)] * slots
    for text, value in entries:
        key = feature_hash(text)
        at = key & (slots - 1)
        while table[at][1]:
            at = (at + 1) & (slots - 1)
        table[at] = (key >> 32, value + 1)
    return b"".join(struct.pack("<II", *slot) for slot in table)


def lines(name):
    return (FOLDER / name).read_bytes().decode().removesuffix("\n").split("\n")


def background(language):
    counts = {}
    for line in lines("background.tsv"):
        spoken, feature, documents = line.split("\t")
        if spoken == language:
            counts[feature] = int(documents)
    return sorted(counts.items())


def flattened(vectors, scales):
    """The scales, each over the square root of its row's length: the table's own weights let rare pieces drown the rest."""
    rows, numbers = (FOLDER / vectors).read_bytes(), (FOLDER / scales).read_bytes()
    out = []
    for row, (scale,) in enumerate(struct.iter_unpack("<f", numbers)):
        values = struct.unpack(f"{DIMENSIONS}b", rows[row * DIMENSIONS:(row + 1) * DIMENSIONS])
        length = scale * sum(value * value for value in values) ** 0.5
        out.append(struct.pack("<f", scale / max(length, 1e-6) ** 0.5))
    return b"".join(out)


def indices():
    """The content of every derived file, by name."""
    return {
        "vocab.idx": index([(piece, row) for row, piece in enumerate(lines("vocab.txt"))]),
        "grams.idx": index([(gram, row) for row, gram in enumerate(lines("grams.txt"))]),
        "en.scales": flattened("en.i8", "en.sc"),
        "background.en.idx": index(background("en")),
        "background.ko.idx": index(background("ko")),
    }


def sums():
    """One line a file, as `sha256sum` writes them."""
    files = sorted(path for path in FOLDER.iterdir() if path.name not in WRITTEN)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def faults():
    """Everything that is wrong, one sentence each."""
    if (FOLDER / "SHA256SUMS").read_text() != sums():
        yield "a file differs from SHA256SUMS"
    for words, vectors, scales in (("vocab.txt", "en.i8", "en.sc"), ("grams.txt", "ko.i8", "ko.sc")):
        rows = len(lines(words))
        if len(set(lines(words))) != rows:
            yield f"{words} names a piece twice"
        if (FOLDER / vectors).stat().st_size != rows * DIMENSIONS:
            yield f"{vectors} does not hold {rows} rows of {DIMENSIONS} numbers"
        if (FOLDER / scales).stat().st_size != rows * 4:
            yield f"{scales} does not hold {rows} scales"
        numbers = struct.unpack(f"<{rows}f", (FOLDER / scales).read_bytes())
        if not all(0 <= number < 1 for number in numbers):
            yield f"{scales} holds a scale outside 0..1"
    if (FOLDER / "pc.f32").stat().st_size != DIMENSIONS * 4:
        yield f"pc.f32 does not hold {DIMENSIONS} numbers"
    for name, content in indices().items():
        if (FOLDER / name).read_bytes() != content:
            yield f"{name} does not follow from its text"


def main(command):
    if command == "build":
        for name, content in indices().items():
            (FOLDER / name).write_bytes(content)
        (FOLDER / "SHA256SUMS").write_text(sums())
        return 0
    found = list(faults())
    print("\n".join(found) or "The router's table is whole.")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("check", "build"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
