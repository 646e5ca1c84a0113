"""The board on paper, in its true size."""

from pathlib import Path

from PIL import Image

from kiosk.tools.calibrate.measuring.board import COLUMNS, ROWS, drawn_board

PAPERS_MM = {"A4": (297, 210), "A3": (420, 297), "A2": (594, 420), "A1": (841, 594)}
DOTS_A_MM = 10
MM_AN_INCH = 25.4
MARGIN_MM = 8  # what printers leave white


def print_board(file: Path, square_mm: float) -> str:
    """Writes a PDF of one page and returns the paper that it needs. Raises OSError."""
    wide, high = COLUMNS * square_mm, ROWS * square_mm
    paper = next(
        (
            name
            for name, (width, height) in PAPERS_MM.items()
            if wide <= width - MARGIN_MM and high <= height - MARGIN_MM
        ),
        "A1",
    )
    width, height = (side * DOTS_A_MM for side in PAPERS_MM[paper])
    page = Image.new("L", (width, height), 255)
    board = Image.fromarray(drawn_board(round(square_mm * DOTS_A_MM))).convert("L")
    page.paste(board, ((width - board.width) // 2, (height - board.height) // 2))
    page.save(file, "PDF", resolution=DOTS_A_MM * MM_AN_INCH)
    return paper
