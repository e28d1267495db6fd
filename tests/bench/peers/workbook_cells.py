"""Reads the file of cells that the workbook peers write; see workbook_bench.py."""


def sheets(path):
    """(name, lines) of each sheet, in order; lines are read as they are asked
    for, so each sheet's must be used up before the next is taken."""
    with open(path, encoding="utf-8") as file:
        line = next(file, "")
        while line:
            assert line[0] == "#"
            name, following = line[1:-1], []

            def rows():
                for one in file:
                    if one[0] == "#":
                        following.append(one)
                        return
                    yield one[:-1].split("\t")
            yield name, rows()
            line = following[0] if following else ""
