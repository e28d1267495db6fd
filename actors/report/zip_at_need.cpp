// The functions of libzip that the project calls, each looked up in the library
// when it is called first: see xlsxwriter_at_need.cpp.

#include <zip.h>

#include "actors/library_at_need.hpp"

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libzip.so.4", "libzip4"};
  return opened;
}

} // namespace

#define FORWARD(count, name) JOBFARM_FORWARD(library(), count, name)

extern "C" {

FORWARD(1, zip_close)
FORWARD(2, zip_delete)
FORWARD(1, zip_discard)
FORWARD(1, zip_error_code_system)
FORWARD(1, zip_error_fini)
FORWARD(2, zip_error_init_with_code)
FORWARD(1, zip_error_strerror)
FORWARD(1, zip_error_system_type)
FORWARD(1, zip_fclose)
FORWARD(4, zip_file_add)
FORWARD(1, zip_file_get_error)
FORWARD(4, zip_file_set_mtime)
FORWARD(3, zip_fopen)
FORWARD(3, zip_fread)
FORWARD(1, zip_get_error)
FORWARD(3, zip_name_locate)
FORWARD(3, zip_open)
FORWARD(4, zip_set_file_compression)
FORWARD(1, zip_source_free)
FORWARD(3, zip_source_function)
FORWARD(4, zip_stat)
FORWARD(1, zip_stat_init)

} // extern "C"
