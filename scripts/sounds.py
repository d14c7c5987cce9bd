"""Make the two sounds of the till: `python scripts/sounds.py`. The results are committed."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
FOLDER = Path(__file__).parent.parent / "ui" / "theme" / "sounds"
# Notes as (Hz, milliseconds): a rising third for known, two low tones for unknown.
SOUNDS = {"known": [(1318.5, 50), (1661.2, 70)], "unknown": [(311.1, 110), (0.0, 40), (233.1, 160)]}


def samples(notes: list[tuple[float, int]]) -> list[int]:
    """Return 16-bit samples with soft edges, so that nothing clicks."""
    result = []
    for frequency, length_ms in notes:
        count = RATE * length_ms // 1000
        edge = RATE // 200
        for at in range(count):
            loudness = min(1.0, at / edge, (count - at) / edge)
            value = math.sin(2 * math.pi * frequency * at / RATE)
            result.append(round(14_000 * loudness * value))
    return result


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            made = samples(notes)
            file.writeframes(struct.pack(f"<{len(made)}h", *made))


if __name__ == "__main__":
    main()
