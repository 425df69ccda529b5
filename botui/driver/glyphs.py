# ruff: noqa: RUF001  (this file is about characters that look like others)
"""What stands for a glyph on a terminal that has ASCII only."""

from __future__ import annotations

from typing import Final

ASCII_GLYPHS: Final = {
    **dict.fromkeys("─━┄┅┈┉╌╍═╴╶╸╺╼╾‐‑‒–—―−▔▀⎺⎻", "-"),
    **dict.fromkeys("│┃┆┇┊┋╎╏║╵╷╹╻╽╿▊▎▏▌▐▕▍▋▉⎸⎹¦", "|"),
    **dict.fromkeys("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛╭╮╰╯╒╓╔╕╖╗╘╙╚╛╜╝", "+"),
    **dict.fromkeys("├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋", "+"),
    **dict.fromkeys("╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬▖▗▘▝▚▞", "+"),
    **dict.fromkeys("▁▄⎼⎽", "_"),
    **dict.fromkeys("▂▃▅▆▇", " "),
    **dict.fromkeys("█▉▓■▛▜▙▟▪◼", "#"),
    **dict.fromkeys("▒░", ":"),
    **dict.fromkeys("•‣●◉∙⏺◆♦", "*"),
    **dict.fromkeys("○◯⭘◌□▫◻◇", "o"),
    **dict.fromkeys("·‧⋅…․", "."),
    **dict.fromkeys("▲△↑⇧⬆▴", "^"),
    **dict.fromkeys("▼▽↓⇩⬇▾", "v"),
    **dict.fromkeys("▶▷►→⇒⮕▸❯›»⟩⏵", ">"),
    **dict.fromkeys("◀◁◄←⇐⬅◂❮‹«⟨⏴", "<"),
    **dict.fromkeys("↔⇔↕", "="),
    **dict.fromkeys("✓✔☑", "v"),
    **dict.fromkeys("✗✘✕✖☒×", "x"),
    **dict.fromkeys("‘’‚‛′´", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **{"╱": "/", "╲": "\\", "╳": "x", "÷": "/", "±": "+", "€": "E", "£": "L", "¢": "c", "¥": "Y", "©": "c"},
    **{"®": "r", "ß": "s", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"},
    **{"ł": "l", "Ł": "L", "ı": "i", "þ": "p", "Þ": "P", "ð": "d", "¿": "?", "¡": "!", "§": "S", "⏎": "<"},
    **{"␣": "_", "⌫": "<", "≤": "<", "≥": ">", "≠": "!", "≈": "~"},
}
"""The glyphs Textual's widgets draw with, and those of office text that have no decomposition, one cell for one."""
