// The functions of libzip that the project calls, each looked up in the library
// when it is called first: see xlsxwriter_at_need.cpp.

#include <zip.h>

#include "actors/library_at_need.hpp"
#include "actors/report/workbook_libraries.hpp"

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libzip.so.4", "libzip4"};
  return opened;
}

} // namespace

void jobfarm::report::load_zip() {
  library();
}

extern "C" {

JOBFARM_FORWARD(1, zip_close)
JOBFARM_FORWARD(2, zip_delete)
JOBFARM_FORWARD(1, zip_discard)
JOBFARM_FORWARD(1, zip_error_code_system)
JOBFARM_FORWARD(1, zip_error_fini)
JOBFARM_FORWARD(2, zip_error_init_with_code)
JOBFARM_FORWARD(1, zip_error_strerror)
JOBFARM_FORWARD(1, zip_error_system_type)
JOBFARM_FORWARD(1, zip_fclose)
JOBFARM_FORWARD(4, zip_file_add)
JOBFARM_FORWARD(1, zip_file_get_error)
JOBFARM_FORWARD(4, zip_file_set_mtime)
JOBFARM_FORWARD(3, zip_fopen)
JOBFARM_FORWARD(3, zip_fread)
JOBFARM_FORWARD(1, zip_get_error)
JOBFARM_FORWARD(3, zip_name_locate)
JOBFARM_FORWARD(3, zip_open)
JOBFARM_FORWARD(4, zip_set_file_compression)
JOBFARM_FORWARD(1, zip_source_free)
JOBFARM_FORWARD(3, zip_source_function)
JOBFARM_FORWARD(4, zip_stat)
JOBFARM_FORWARD(1, zip_stat_init)

} // extern "C"
