"""The look of the desk: the terminal's own 16 colours, or none."""

from __future__ import annotations

from textual.theme import Theme


def desk_theme(colours: int) -> Theme:
    """Return the 16 colours of the terminal itself: a console keeps its palette, and few bytes are sent.

    Args:
        colours: how many the terminal has; 0 = none are wanted.
    """
    plain = colours == 0
    return Theme(
        name="botui",
        ansi=True,
        primary="ansi_default" if plain else "ansi_cyan",
        secondary="ansi_default" if plain else "ansi_cyan",
        warning="ansi_default" if plain else "ansi_yellow",
        error="ansi_default" if plain else "ansi_bright_red",
        success="ansi_default" if plain else "ansi_green",
        accent="ansi_default" if plain else "ansi_cyan",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=True,
        variables={
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "border-blurred": "ansi_default",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
            "block-cursor-text-style": "reverse",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
            "input-selection-background": "ansi_default",
            "input-selection-foreground": "ansi_default",
            "screen-selection-background": "ansi_default",
            "screen-selection-foreground": "ansi_default",
        },
    )
