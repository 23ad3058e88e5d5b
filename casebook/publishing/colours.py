"""The colours of figures, and what each means.

They are from Okabe and Ito's palette, made for colour-blind readers, and differ in lightness so that
they hold in grey. A page gives each colour of the palette another shade in the dark (``figures.css``),
so a drawing uses no other colour.
"""

BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#767676", "#222222"
SKY, PURPLE = "#56B4E9", "#CC79A7"
PALE = "#D9D9D9"
AMBER = "#E69F00"  # for areas beside BLUE, from which it stands apart in grey; too light for text
AXIS, GRID, WHITE = "#444444", "#E3E3E3", "#FFFFFF"
DARK = "#1B1B1B"  # for words on AMBER, which is light in both modes
LAND, SEA, COAST = "#F4F1EA", "#E4EBF0", "#9AA5AD"
PALETTE = {
    "ink": INK, "axis": AXIS, "grey": GREY, "pale": PALE, "grid": GRID, "ground": WHITE, "dark": DARK,
    "blue": BLUE, "orange": ORANGE, "green": GREEN, "amber": AMBER, "sky": SKY, "purple": PURPLE,
    "land": LAND, "sea": SEA, "coast": COAST,
}  # fmt: skip

# One meaning, one colour
WOMEN, MEN = BLUE, AMBER
RETURNED = ORANGE  # a return, and those returned
OFFICIAL, REPORTED = BLUE, GREY  # what an authority says in its own name; what others report
OTHERS = GREEN  # who is no government and no body of the UN
OURS, THEIRS = BLUE, ORANGE  # who makes a claim of the argument
