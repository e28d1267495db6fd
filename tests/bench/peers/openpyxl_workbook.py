"""openpyxl_workbook.py CELLS OUT.xlsx: the cells by openpyxl, in its
write-only mode, which is also its fastest. Links become plain text: its own
take a time that grows with the square of their number."""
import sys

import openpyxl
import workbook_cells
from openpyxl.cell import WriteOnlyCell


def made(sheet, cell):
    kind, value = cell[:1], cell[1:]
    if kind in ("s", "u"):
        return value
    if kind == "n":
        return float(value)
    if kind == "d":
        one = WriteOnlyCell(sheet, float(value))
        one.number_format = "yyyy-mm-dd"
        return one
    return None


def main(cells, out):
    book = openpyxl.Workbook(write_only=True)
    for name, rows in workbook_cells.sheets(cells):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([made(sheet, cell) for cell in row])
    book.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
