/* plain_workbook CELLS OUT.xlsx: the cells of a file (see workbook_bench.py)
   by libxlsxwriter alone, in its constant memory mode: what the library costs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

struct looks {
  lxw_format* day;
  lxw_format* link;
};

static void write_cell(lxw_worksheet* to, lxw_row_t row, lxw_col_t col,
                       const char* cell, const struct looks* look) {
  const char* value = cell + 1;
  switch (cell[0]) {
    case 's': worksheet_write_string(to, row, col, value, NULL); break;
    case 'n': worksheet_write_number(to, row, col, atof(value), NULL); break;
    case 'd':
      worksheet_write_number(to, row, col, atof(value), look->day);
      break;
    case 'u':
      worksheet_write_url_opt(to, row, col, value, look->link, "open", NULL);
      break;
    default: break;
  }
}

static void write_row(lxw_worksheet* to, lxw_row_t row, char* line,
                      const struct looks* look) {
  lxw_col_t col = 0;
  char* cell;
  line[strcspn(line, "\n")] = '\0';
  while ((cell = strsep(&line, "\t")) != NULL)
    write_cell(to, row, col++, cell, look);
}

int main(int count, char** words) {
  lxw_workbook_options how = {0};
  lxw_workbook* book;
  lxw_worksheet* to = NULL;
  lxw_row_t row = 0;
  struct looks look;
  char* line = NULL;
  size_t room = 0;
  FILE* cells = count == 3 ? fopen(words[1], "r") : NULL;
  if (!cells)
    return 2;
  how.constant_memory = LXW_TRUE;
  book = workbook_new_opt(words[2], &how);
  look.day = workbook_add_format(book);
  format_set_num_format(look.day, "yyyy-mm-dd");
  look.link = workbook_add_format(book);
  format_set_underline(look.link, LXW_UNDERLINE_SINGLE);
  while (getline(&line, &room, cells) > 0) {
    if (line[0] == '#') {
      line[strcspn(line, "\n")] = '\0';
      to = workbook_add_worksheet(book, line + 1);
      row = 0;
    } else {
      write_row(to, row++, line, &look);
    }
  }
  free(line);
  fclose(cells);
  return workbook_close(book) != LXW_NO_ERROR;
}
