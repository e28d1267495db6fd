"""xlsxwriter_workbook.py CELLS OUT.xlsx: the cells by XlsxWriter, in its
constant memory mode, which is also its fastest."""
import sys

import workbook_cells
import xlsxwriter


def main(cells, out):
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    link = book.add_format({"underline": 1})
    for name, rows in workbook_cells.sheets(cells):
        to = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for col, cell in enumerate(row):
                kind, value = cell[:1], cell[1:]
                if kind == "s":
                    to.write_string(at, col, value)
                elif kind == "n":
                    to.write_number(at, col, float(value))
                elif kind == "d":
                    to.write_number(at, col, float(value), day)
                elif kind == "u":
                    to.write_url(at, col, value, link, "open")
    book.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
