"""Writes the files of this folder: statistics as other tools would have written them, and tables of theirs. Needs h5py (Debian: python3-h5py)."""

import os

import h5py
import numpy as np

ALPHABET = b"abc"
DISTANCES = [-1, 1]
FOLDER = os.path.dirname(os.path.abspath(__file__))


def text(value, length=None):
    return np.array(value.encode(), dtype=f"S{length or len(value)}")


def write(name, order="<", length=None, options=None, user_block=0):
    options = options or {}
    shape = (3, 3, 2)
    pairs = (np.arange(18).reshape(shape) % 5).astype(order + "u8")
    with h5py.File(os.path.join(FOLDER, name), "w", libver=("v110", "v110"), userblock_size=user_block) as file:
        file.attrs.create("format", text("pith character statistics", length))
        file.attrs.create("format_version", np.array(1, dtype=order + "u4"))

        def add(dataset, data, axes, units, **more):
            made = file.create_dataset(dataset, data=data, **more)
            made.attrs.create("axes", text(", ".join(axes), length))
            made.attrs.create("units", text(units, length))
            return made

        add("character", np.frombuffer(ALPHABET, dtype="u1"), ["character"], "ASCII code")
        add("distance", np.array(DISTANCES, dtype=order + "i4"), ["distance"], "characters")
        counted = np.array([10, 20, 30], dtype=order + "u8")
        occurrences = add("occurrences", counted, ["character"], "occurrences")
        occurrences.attrs.create("total_characters", np.array(100, dtype=order + "u8"))
        occurrences.attrs.create("characters_in_runs", np.array(50, dtype=order + "u8"))
        add("counts", pairs, ["character", "neighbour", "distance"], "occurrences", **options)


write("plain.h5")
write("big-endian.h5", order=">")
write("long-strings.h5", length=200)
write("lzf.h5", options={"compression": "lzf", "chunks": (3, 3, 1)})
write("user-block.h5", user_block=512)
write("shuffled.h5", options={"compression": "gzip", "shuffle": True, "fletcher32": True, "chunks": (3, 3, 1)})
write("scale-offset.h5", options={"scaleoffset": 0, "chunks": (3, 3, 1)})


def foreign(name, datasets):
    """Files of other programs: no attributes that anyone knows, or strings of variable length."""
    with h5py.File(os.path.join(FOLDER, name), "w") as file:
        for path, data, options in datasets:
            made = file.create_dataset(path, data=data, **options)
            made.attrs["comment"] = "of variable length"


def numbers(*shape):
    return np.arange(np.prod(shape)).reshape(shape) % 7


foreign("foreign-thesis.h5", [("frame", numbers(29, 29, 7).astype(">f8"), {"compression": "gzip", "chunks": (29, 29, 1)})])
foreign("foreign-order.h5", [("a/deep/one", numbers(8, 5, 5).astype("<i4"), {}), ("b", numbers(4, 4), {})])
foreign("foreign-scores.h5", [("x", (numbers(3, 3, 2) - 3.5).astype("<f4"), {}), ("y", numbers(3, 3, 2) / 7, {})])
foreign("foreign-lzf.h5", [("x", numbers(28, 28, 7), {"compression": "lzf"})])
