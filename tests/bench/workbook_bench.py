"""workbook_bench.py BUILD: the workbook of 50,000 postings beside what others
make of the same cells.

`jobfarm export` reads 50,000 enriched records and writes its workbook: sorted,
with filters, colours, widths and figures. The peers read those cells of its
large sheets (every posting in Jobs_All and once more in the sheet of its
region), sheet by sheet, and write them, no more. Of each process: wall, CPU,
peak memory. A file of cells has a line `#NAME` a sheet and below it a line a
row: cells parted by tabs, each `s` text, `n` number, `d` day, `u` link, or
nothing.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import unescape

import end_to_end

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
ROWS, MADE = 50_000, 5_000
FEW_ROWS = 1_000
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="inlineStr")?>'
                  r'(<is><t[^>]*>|<v>)([^<]*)<')
LINK = re.compile(r'<hyperlink ref="([A-Z]+\d+)" r:id="(\w+)"')
TARGET = re.compile(r'Id="(\w+)"[^>]*?Target="([^"]*)"')
ENTITIES = {"&quot;": '"'}


def write_records(program, path):
    """`ROWS` enriched records: `MADE` generated ones, over and over, each time
    with ids and links of their own."""
    generator = pathlib.Path(__file__).with_name("raw_postings.py")
    made = subprocess.run(
        f'/usr/bin/python3 "{generator}" {MADE} | "{program}" normalize | '
        f'"{program}" enrich --level basic', shell=True, check=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    lines = made.splitlines(keepends=True)
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(ROWS // MADE):
            out.writelines(
                one.replace('"id":"', f'"id":"{copy}', 1)
                .replace("/apply", f"/apply{copy}") for one in lines)


def column_number(letters):
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1


def rows_of(sheet, targets, day_style):
    """The rows of a sheet as `write_cells` writes them."""
    links = {where: targets[rid] for where, rid in LINK.findall(sheet)}
    rows = []
    for letters, number, style, opening, value in CELL.findall(sheet):
        row, col = int(number) - 1, column_number(letters)
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (col + 1 - len(rows[row]))
        link = links.get(letters + number)
        value = unescape(link or value, ENTITIES)
        kind = "d" if style == day_style else "n"
        if opening != "<v>":
            kind = "u" if link else "s"
        rows[row][col] = kind + value.replace("\t", " ").replace("\n", " ")
    return rows


def write_cells(workbook, path):
    """Writes the large sheets of a workbook and prints how many cells they
    have."""
    cells = 0
    with zipfile.ZipFile(workbook) as book, \
            open(path, "w", encoding="utf-8") as out:
        def text(name):
            return book.read(name).decode()
        names = re.findall(r'<sheet name="([^"]+)"', text("xl/workbook.xml"))
        looks = re.findall(r'<xf numFmtId="(\d+)"',
                           text("xl/styles.xml").partition("<cellXfs")[2])
        day = re.search(r'numFmtId="(\d+)" formatCode="yyyy-mm-dd"',
                        text("xl/styles.xml")).group(1)
        for number, name in enumerate(names, 1):
            sheet = text(f"xl/worksheets/sheet{number}.xml")
            if sheet.count("<row ") < FEW_ROWS:
                continue
            targets = dict(TARGET.findall(
                text(f"xl/worksheets/_rels/sheet{number}.xml.rels")))
            rows = rows_of(sheet, targets, str(looks.index(day)))
            out.write(f"#{unescape(name)}\n")
            out.writelines("\t".join(row) + "\n" for row in rows)
            cells += sum(1 for row in rows for cell in row if cell)
    print(cells)


def count_cells(workbook):
    """Prints how many cells of all sheets have a value."""
    with zipfile.ZipFile(workbook) as book:
        print(sum(len(re.findall(rb"<v>|<is>", book.read(name)))
                  for name in book.namelist()
                  if name.startswith("xl/worksheets/sheet")))


def apart(work, *words):
    """What `work` prints, a function of this module, in a process of its own:
    the kernel counts the memory of this one as the peak of its children."""
    done = subprocess.run(["/usr/bin/python3", __file__, work, *words],
                          stdout=subprocess.PIPE, check=True, text=True)
    return int(done.stdout or 0)


def plain_program(directory):
    """The C program on libxlsxwriter, compiled with what its package says."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "xlsxwriter"],
                           stdout=subprocess.PIPE, check=True, text=True)
    made = directory / "plain_workbook"
    subprocess.run(["cc", "-O2", "-o", made, PEERS / "plain_workbook.c",
                    *flags.stdout.split()], check=True)
    return made


def commands(program, directory):
    """(name, command, its workbook); ours is first."""
    cells, made = directory / "cells", plain_program(directory)
    ours = directory / "jobfarm.xlsx"
    yield "jobfarm", [program, "export", "--analytics", "--quiet", "--out",
                      ours, directory / "enriched.jsonl"], ours
    for name, words in (
            ("plain C", [made]),
            ("XlsxWriter", ["/usr/bin/python3",
                            PEERS / "xlsxwriter_workbook.py"]),
            ("openpyxl", ["/usr/bin/python3",
                          PEERS / "openpyxl_workbook.py"])):
        out = directory / f"{name}.xlsx"
        yield name, [*words, cells, out], out


def run(program, repeats=2):
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    found = {}
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        directory = pathlib.Path(name)
        apart("write_records", program, directory / "enriched.jsonl")
        for name, command, workbook in commands(program, directory):
            one = end_to_end.best_of(repeats, command, env=environment)
            one.pop("output")
            one["file_mb"] = workbook.stat().st_size / 1e6
            if not found:
                cells = apart("write_cells", workbook, directory / "cells")
            elif apart("count_cells", workbook) != cells:
                raise SystemExit(f"{name} has not written the same cells")
            found[name] = one
    return {"rows": ROWS, "cells": cells, "runs": found}


def table(result):
    lines = [f"workbook: {result['rows']} postings, {result['cells']} cells",
             "             wall s   CPU s  RSS MB  file MB  "
             "ours is so many times faster: wall, CPU"]
    ours = result["runs"]["jobfarm"]
    for name, one in result["runs"].items():
        lines.append(
            f"{name:12} {one['wall_s']:6.2f}  {one['cpu_s']:6.2f}"
            f"  {one['rss_mb']:6.0f}  {one['file_mb']:7.1f}"
            f"  {one['wall_s'] / ours['wall_s']:8.2f}"
            f"  {one['cpu_s'] / ours['cpu_s']:6.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1] in ("write_records", "write_cells", "count_cells"):
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        program = pathlib.Path(sys.argv[1]).resolve() / "cli/jobfarm"
        print(table(run(program)))
