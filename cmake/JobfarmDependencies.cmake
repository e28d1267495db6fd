# Every outside library, found once. Debian ships no CMake package for CAF and
# libxlsxwriter, and leveldb's wants the files of snappy: those are made by hand.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(simdjson REQUIRED)
# We use its DOM only. What stands behind this guard of the header, its other
# interface for each kind of processor, takes a second in every file.
set_property(TARGET simdjson::simdjson APPEND PROPERTY
  INTERFACE_COMPILE_DEFINITIONS SIMDJSON_BUILTIN_H)
find_package(msgpackc-cxx QUIET)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)

find_path(CAF_INCLUDE_DIR caf/all.hpp REQUIRED)
find_library(CAF_core_LIBRARY caf_core REQUIRED)
add_library(caf::core UNKNOWN IMPORTED)
set_target_properties(caf::core PROPERTIES
  IMPORTED_LOCATION ${CAF_core_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${CAF_INCLUDE_DIR})
target_link_libraries(caf::core INTERFACE Threads::Threads)

# jobfarm_find(NAME HEADER LIBRARY): defines jobfarm::NAME from a header and a
# library of the system.
function(jobfarm_find name header library)
  find_path(${name}_INCLUDE ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(jobfarm::${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(jobfarm::${name} PROPERTIES
    IMPORTED_LOCATION ${${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${name}_INCLUDE})
endfunction()

jobfarm_find(leveldb leveldb/db.h leveldb)
target_link_libraries(jobfarm::leveldb INTERFACE Threads::Threads)
jobfarm_find(jemalloc jemalloc/jemalloc.h jemalloc)
jobfarm_find(xlsxwriter xlsxwriter.h xlsxwriter)
jobfarm_find(re2 re2/re2.h re2)
jobfarm_find(utf8proc utf8proc.h utf8proc)
jobfarm_find(cld2 cld2/public/compact_lang_det.h cld2)
jobfarm_find(xxhash xxhash.h xxhash)
# It chooses by the processor only where it is asked to: several times as fast.
include(CheckCXXSymbolExists)
set(CMAKE_REQUIRED_LIBRARIES jobfarm::xxhash)
check_cxx_symbol_exists(XXH3_128bits_dispatch xxh_x86dispatch.h
                        JOBFARM_XXHASH_DISPATCH)
unset(CMAKE_REQUIRED_LIBRARIES)
if(JOBFARM_XXHASH_DISPATCH)
  target_compile_definitions(jobfarm::xxhash INTERFACE JOBFARM_XXHASH_DISPATCH)
endif()
jobfarm_find(idn2 idn2.h idn2)
jobfarm_find(zip zip.h zip)
jobfarm_find(expat expat.h expat)
jobfarm_find(zmq zmq.h zmq)
jobfarm_find(sodium sodium.h sodium)
jobfarm_find(tomlplusplus toml++/toml.h tomlplusplus)
